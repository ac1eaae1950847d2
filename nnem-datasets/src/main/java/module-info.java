/** Data sets and the streams of batches drawn from them. Depends on nothing but the JDK. */
module io.nnem.datasets {
  exports io.nnem.datasets;
}
