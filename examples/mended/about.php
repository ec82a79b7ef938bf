<?php
require 'header.php';
$years = date('Y') - 2011;
?>
<h1>Cupping: what it leaves behind</h1>
<p>We have offered cupping for <?= $years ?> years. It leaves bruises, and it can cause burns. <?php if ($offer): ?>It is not a treatment for migraine.<?php endif; ?></p>
<img src="cups.jpg" alt="Cups">
