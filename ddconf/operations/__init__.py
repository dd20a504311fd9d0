"""One verb per file, one public function, no printing."""
