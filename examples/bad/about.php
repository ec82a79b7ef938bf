<?php
require 'header.php';
$years = date('Y') - 2011;
?>
<h1>Cupping that flushes out toxins</h1>
<p>For <?= $years ?> years our cupping therapy has cured migraine. <?php if ($offer): ?>Sign up now, today only!<?php endif; ?></p>
<img src="cups.jpg" alt="Cups">
