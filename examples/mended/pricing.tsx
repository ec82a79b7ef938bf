import { Button } from './button'

export default function Pricing({ price }: { price: number }) {
  return (
    <section className="pricing">
      <h2>Acupuncture: what it costs</h2>
      <p>
        A session costs {price} crowns. Trials have not shown that acupuncture helps with infertility.
      </p>
      <p>Bruising and soreness can occur where the needle went in.</p>
      <img src="needle.jpg" alt="A tray with needles" />
      <Button>See our opening hours</Button>
    </section>
  )
}
