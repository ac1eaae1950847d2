package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.datasets.Dataset;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.TrainingConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;

/**
 * Makes untrained networks of the embedder's and the decoder's architecture.
 *
 * @param tensors the back end
 * @param catalogue the plug-ins there are
 * @param config names them, and their sizes
 * @param observation what an observation is
 * @param options settings of the plug-ins' own
 * @param <T> the matrix type
 */
public record Networks<T>(
    Tensors<T> tensors,
    Catalogue catalogue,
    ExperimentConfig config,
    RowShape observation,
    Options options) {

  Embedder<T> embedder(int embeddingSize, double rate, long seed) {
    EmbedderContext<T> context =
        new EmbedderContext<>(
            tensors,
            observation,
            embeddingSize,
            config.network().embedderHidden(),
            optimiser(rate),
            seed,
            options);
    return PluginGuard.of(catalogue.embedders(), config.network().embedder())
        .ask(provider -> provider.create(context));
  }

  Decoder<T> decoder(int embeddingSize, double rate, long seed) {
    return decoder(config.decoding().decoder(), embeddingSize, rate, seed);
  }

  private Decoder<T> decoder(String name, int embeddingSize, double rate, long seed) {
    DecoderContext<T> context =
        new DecoderContext<>(
            tensors,
            embeddingSize,
            observation.size(),
            config.decoding().decoderHidden(),
            Activation.SIGMOID,
            decoderLoss(),
            optimiser(rate),
            seed,
            options);
    return PluginGuard.of(catalogue.decoders(), name).ask(provider -> provider.create(context));
  }

  Autoencoder<T> autoencoder(int codeSize, long seed) {
    return autoencoder(config.decoding().decoder(), codeSize, seed);
  }

  /**
   * A new autoencoder; each call gives the same initial parameters.
   *
   * @param decoder the name of its decoder
   * @param codeSize floats of a code
   * @param seed where all randomness comes from
   * @return the autoencoder, to be closed by the caller
   */
  public Autoencoder<T> autoencoder(String decoder, int codeSize, long seed) {
    long its = Seeds.derive(seed, "pretraining");
    double rate = config.pretraining().pretrainLearningRate();
    return new Autoencoder<>(
        tensors, embedder(codeSize, rate, its), decoder(decoder, codeSize, rate, its));
  }

  ReconstructionProbe<T> probe(Dataset images, String split, int codeSize) {
    return probe(images, split, codeSize, ReconstructionProbe.IMAGES);
  }

  /**
   * Images to measure decoders on.
   *
   * @param images the first of them are taken
   * @param split what they are called
   * @param codeSize floats of a code
   * @param count how many, if there are as many
   * @return the probe, to be closed by the caller
   */
  public ReconstructionProbe<T> probe(Dataset images, String split, int codeSize, int count) {
    return new ReconstructionProbe<>(tensors, images, split, codeSize, decoderLoss(), count);
  }

  private Loss decoderLoss() {
    return config.decoding().decoderLoss().equals("squared-error")
        ? Loss.SQUARED_ERROR
        : Loss.BINARY_CROSS_ENTROPY;
  }

  OptimiserSettings optimiser(double rate) {
    TrainingConfig training = config.training();
    OptimiserSettings settings =
        training.optimiser().equals("sgd")
            ? OptimiserSettings.sgd(rate)
            : OptimiserSettings.adam(rate);
    return settings.clippedAt(training.clipNorm());
  }
}
