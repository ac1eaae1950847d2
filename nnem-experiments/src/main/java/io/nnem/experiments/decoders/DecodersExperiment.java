package io.nnem.experiments.decoders;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Preset;
import io.nnem.experiments.run.Trials;
import java.util.List;
import java.util.regex.Pattern;

@AutoService(Experiment.class)
public final class DecodersExperiment implements Experiment {
  /** Nothing is assigned; the decoder is named so that its options are known. */
  private static final String SETTINGS = "conditions=none decoder=variational-autoencoder ";

  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}|" + DecodersPlan.ALL);

  private static final Option<List<String>> DECODERS =
      Option.of(
          "decoders",
          "names with commas between them",
          List.of("autoencoder", "variational-autoencoder"),
          "what is trained",
          DecodersExperiment::split);
  private static final Option<List<String>> IMAGES =
      Option.of(
          "training-images",
          "numbers from 1 on, or all, with commas between them",
          List.of("1000", DecodersPlan.ALL),
          "how many images they learn from: each number, the first ones; all, as many as there are",
          DecodersExperiment::counts);

  private static List<String> split(String text) {
    return Pattern.compile(",").splitAsStream(text).map(String::strip).distinct().toList();
  }

  private static List<String> counts(String text) {
    List<String> counts = split(text);
    if (!counts.stream().allMatch(COUNT.asMatchPredicate())) {
      throw new IllegalArgumentException(text);
    }
    return counts;
  }

  @Override
  public String name() {
    return "decoders";
  }

  @Override
  public Help help() {
    return new Help(
        "Measure decoders by themselves: held-out images, and how true their uncertainty is.",
        "Trains autoencoders on images without labels, of equal size and for equal --steps, and"
            + " measures reconstruction on training, validation and test images on the way; in the"
            + " end, whether a decoder that says how uncertain it is says so truly. Leaves a folder"
            + " with decoders.csv, calibration.csv, decoders.svg, decoders.png, report.html,"
            + " configuration and provenance. Of the configuration, embedder, decoder and pretrain-"
            + " keys count, and evaluate-every. Without --quick: 3 seeds, a few minutes.",
        List.of(
            "nnem decoders --quick",
            "nnem decoders --training-images 500,5000,all --steps 20000",
            "nnem decoders --decoders variational-autoencoder --set options.kl-weight=0.5"));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(DECODERS, IMAGES);
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.usual(SETTINGS + "steps=10000 evaluate-every=500"),
        Preset.named(
            "quick",
            "1 seed, at most 60 seconds on two cores.",
            SETTINGS + "seeds=1 steps=3000 evaluate-every=250 evaluation-images=1000"));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    DecodersPlan plan =
        DecodersPlan.of(parts.catalogue(), options.get(DECODERS), options.get(IMAGES));
    return new Job(
        Trials.plan(plan.conditions(), config.seeds()),
        new DecodersRunner(parts.catalogue()),
        Decoded.class,
        data -> plan.requireEnough(data.training()),
        (files, data) -> new DecodersReport(files, plan));
  }
}
