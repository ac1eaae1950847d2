/** Tensors, networks, optimisers, the embedder and the reference back end. */
@SuppressWarnings("requires-automatic") // auto-service is needed at compile time only
module io.nnem.core {
  requires static com.google.auto.service;

  exports io.nnem.core;
  exports io.nnem.core.network;
  exports io.nnem.core.reference;
  exports io.nnem.core.state;

  uses io.nnem.core.BackendProvider;
  uses io.nnem.core.EmbedderProvider;

  provides io.nnem.core.BackendProvider with
      io.nnem.core.internal.ReferenceBackend;
  provides io.nnem.core.EmbedderProvider with
      io.nnem.core.internal.ConvProvider,
      io.nnem.core.internal.IdentityProvider,
      io.nnem.core.internal.MlpProvider,
      io.nnem.core.internal.RandomProjectionProvider;
}
