/** Decoders: from an embedding back to its observation. */
@SuppressWarnings("requires-automatic") // auto-service is needed at compile time only
module io.nnem.autoencoder {
  requires transitive io.nnem.core;
  requires static com.google.auto.service;

  exports io.nnem.autoencoder;
  exports io.nnem.autoencoder.perceptron;
  exports io.nnem.autoencoder.pretraining;
  exports io.nnem.autoencoder.variational;

  uses io.nnem.autoencoder.DecoderProvider;

  provides io.nnem.autoencoder.DecoderProvider with
      io.nnem.autoencoder.internal.AutoencoderProvider,
      io.nnem.autoencoder.internal.VariationalAutoencoderProvider;
}
