package io.nnem.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import io.nnem.experiments.NnemModule;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginPath;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.experiments.run.Bars;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program that runs trials for another one does. */
class JobsTest {
  @ParameterizedTest
  @CsvSource({
    "figure, '', ''",
    "audit, draws, 2",
    "capacity, capacities, '20,40:1'",
    "decoders, training-images, '20,all'"
  })
  void aJobIsMadeAnew_andItsTrialsAreTheSame(String name, String option, String value)
      throws InterruptedException {
    ExperimentConfig config =
        Bars.config("conditions=none,backprop", "seeds=2", "pretrain-batch=10");
    Map<String, String> plan = option.isEmpty() ? Map.of() : Map.of(option, value);
    Job here = jobs().job(new Call(name, config, plan));
    Job there = jobs().job(new Call(name, config, plan));

    assertThat(there.trials()).isNotEmpty().isEqualTo(here.trials());
    Trial trial = here.trials().get(here.trials().size() - 1);
    assertThat(line(there, trial, config)).isEqualTo(line(here, trial, config));
  }

  private static String line(Job job, Trial trial, ExperimentConfig config)
      throws InterruptedException {
    Condition condition = trial.condition();
    String line =
        TrialJson.line(
            job.runner()
                .run(
                    condition,
                    trial.seed(),
                    config.forCondition(condition),
                    Bars.split(),
                    new Bars.Silent()));
    assertThat(TrialJson.line(TrialJson.result(line, job.found()))).isEqualTo(line);
    return line.replaceFirst("\"stepMillis\":[^,]+", "");
  }

  /** With plug-ins of its own. */
  private static Jobs jobs() {
    Catalogue catalogue =
        Catalogue.load(PluginPath.none(), List.of(Experiment.class, TrialExecutor.class));
    return Guice.createInjector(new NnemModule(catalogue, PretrainedFolder.none()))
        .getInstance(Jobs.class);
  }
}
