/** Learners for applications, which find their back end by name when they run. */
module io.nnem.learners {
  requires transitive io.nnem.credit;
  requires transitive io.nnem.datasets; // rows for it

  exports io.nnem.learners;

  uses io.nnem.core.BackendProvider;
}
