package io.nnem.experiments.decoders;

import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Resume;
import io.nnem.experiments.engine.SettingOptions;
import io.nnem.experiments.plugins.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnem decoders}: decoders by themselves. */
@Command(
    name = "decoders",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Measure decoders by themselves: held-out images, and how true their uncertainty is.",
    description =
        "%nTrains autoencoders on images without labels, of equal size and for equal --steps, and"
            + " measures reconstruction on training, validation and test images on the way; in the"
            + " end, whether a decoder that says how uncertain it is says so truly. Leaves a folder"
            + " with decoders.csv, calibration.csv, decoders.svg, decoders.png, report.html,"
            + " configuration and provenance. Of the configuration, embedder, decoder and pretrain-"
            + " keys count, and evaluate-every. Without --quick: 3 seeds, a few minutes.%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nnem decoders --quick",
      "  nnem decoders --training-images 500,5000,all --steps 20000",
      "  nnem decoders --decoders variational-autoencoder --set options.kl-weight=0.5"
    })
public final class DecodersCommand implements Callable<Integer> {
  private final Parts parts;

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "1 seed, at most 60 seconds on two cores.")
  private boolean quick;

  @Option(
      names = "--decoders",
      paramLabel = "A,B,...",
      defaultValue = "autoencoder,variational-autoencoder",
      description = "What is trained. Default: ${DEFAULT-VALUE}.")
  private String decoders;

  @Option(
      names = "--training-images",
      paramLabel = "N,N,...",
      defaultValue = "1000," + DecodersPlan.ALL,
      description =
          "How many images they learn from: each number, the first ones; all for as many as there"
              + " are. Default: ${DEFAULT-VALUE}.")
  private String images;

  @Mixin private SettingOptions settings;

  /**
   * Made by the factory.
   *
   * @param parts what does the work
   */
  public DecodersCommand(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Integer call() throws Exception {
    Resume resume = settings.resume(spec);
    ExperimentConfig resolved =
        settings.resolve(
            quick ? Preset.DECODERS_QUICK : Preset.DECODERS, resume, parts.get(ConfigRule.class));
    Catalogue catalogue = parts.get(Catalogue.class);
    DecodersPlan plan =
        DecodersPlan.of(
            catalogue,
            resume.option("--decoders", decoders),
            resume.option("--training-images", images));
    resume.require(resolved);
    Job job =
        new Job(
            resolved,
            plan.options(),
            plan.trials(resolved.seeds()),
            new DecodersRunner(catalogue),
            Decoded.class,
            data -> plan.requireEnough(data.training()),
            (files, data) -> new DecodersReport(files, plan));
    return parts.get(Experiment.class).run(job, settings.out(), resume, spec.commandLine());
  }
}
