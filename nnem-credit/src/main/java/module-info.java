/** Credit assigners: how a gradient reaches the embedder through old memories. */
@SuppressWarnings("requires-automatic") // auto-service is needed at compile time only
module io.nnem.credit {
  requires transitive io.nnem.autoencoder;
  requires transitive io.nnem.core;
  requires transitive io.nnem.memory;
  requires static com.google.auto.service;

  exports io.nnem.credit;

  uses io.nnem.credit.CreditAssignerProvider;
  uses io.nnem.credit.KeyRefresherProvider;
  uses io.nnem.credit.ReinstatementProvider;

  provides io.nnem.credit.CreditAssignerProvider with
      io.nnem.credit.assigner.AnchoredReinstatementProvider,
      io.nnem.credit.assigner.ApproximateReinstatementProvider,
      io.nnem.credit.assigner.BackpropProvider,
      io.nnem.credit.assigner.ChoosingHybridProvider,
      io.nnem.credit.assigner.ExactReinstatementProvider,
      io.nnem.credit.assigner.HybridProvider,
      io.nnem.credit.assigner.NoneProvider,
      io.nnem.credit.assigner.SyntheticGradientProvider;
  provides io.nnem.credit.KeyRefresherProvider with
      io.nnem.credit.refresh.DriftProvider,
      io.nnem.credit.refresh.RoundRobinProvider,
      io.nnem.credit.refresh.TransportProvider;
  provides io.nnem.credit.ReinstatementProvider with
      io.nnem.credit.reinstatement.CodeProvider,
      io.nnem.credit.reinstatement.DecodedProvider,
      io.nnem.credit.reinstatement.StoredProvider;
}
