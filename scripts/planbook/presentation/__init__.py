"""What readers see: charts, tables, numbers, sentences, and the page that holds them."""
