/** Learners for applications, which find their back end by name when they run. */
module io.nnem.learners {
  requires transitive io.nnem.credit;

  exports io.nnem.learners;

  uses io.nnem.core.BackendProvider;
}
