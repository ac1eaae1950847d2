package io.nnem.experiments.figure;

import com.google.auto.service.AutoService;
import io.nnem.core.Options;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Preset;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Trials;
import java.util.List;
import java.util.stream.Collectors;

/** {@code nnem train}: one condition, whose network is saved. */
@AutoService(Experiment.class)
public final class TrainExperiment implements Experiment {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public Help help() {
    return new Help(
        "Train one condition, and save its network.",
        "Leaves the same folder as nnem figure, and in it network-seed-N.safetensors for each seed"
            + " (1 unless said): nnem predict asks it, nnem memory says what is in it, and in a"
            + " program MemoryClassifier.load goes on with it.",
        List.of(
            "nnem train",
            "nnem train --data flowers.csv --label species",
            "nnem train --conditions exact-reinstatement/decoded --seeds 3 --capacity 2000",
            "nnem train --config mine.yaml"));
  }

  @Override
  public List<Preset> presets() {
    return List.of(Preset.usual("conditions=exact-reinstatement/stored seeds=1"));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    require(config);
    TrainedNetworks networks = new TrainedNetworks();
    return new Job(
        Trials.plan(config),
        parts.training().keeping(networks),
        Found.Ages.class,
        (files, data) -> networks.report(files));
  }

  private static void require(ExperimentConfig config) {
    List<Condition> conditions = config.conditions();
    if (conditions.size() != 1) {
      throw new ConfigException(
          "conditions has "
              + conditions.size()
              + " ("
              + conditions.stream().map(Condition::name).collect(Collectors.joining(", "))
              + "); nnem train trains exactly one, nnem figure trains several");
    }
    if (conditions.get(0).isClassifier()) {
      throw new ConfigException(
          "conditions is classifier, which has no memory to save; nnem figure trains it");
    }
    if (config.forCondition(conditions.get(0)).decoding().decoderLearning().equals("distilled")) {
      throw new ConfigException(
          "decoder-learning is distilled, which no file can name yet; nnem figure trains it");
    }
  }
}
