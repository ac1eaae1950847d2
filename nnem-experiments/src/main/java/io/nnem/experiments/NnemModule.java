package io.nnem.experiments;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.experiments.plugins.PluginNames;
import io.nnem.experiments.plugins.PluginPath;
import io.nnem.experiments.plugins.PluginWarnings;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.experiments.run.BackendInfo;
import io.nnem.experiments.run.Cancellation;
import io.nnem.experiments.run.DataSource;
import io.nnem.experiments.run.Pretraining;
import io.nnem.experiments.run.TrainingRunner;
import io.nnem.experiments.run.TrialRunner;
import java.time.Clock;
import java.time.ZoneId;

/** What the command is made of. Nothing is loaded before it is asked for. */
public final class NnemModule extends AbstractModule {
  /** The usual parts. */
  public NnemModule() {}

  @Provides
  PluginPath pluginPath() {
    return PluginPath.none();
  }

  @Provides
  PluginWarnings pluginWarnings() {
    return sentence -> {};
  }

  @Provides
  @Singleton
  Catalogue catalogue(PluginPath path, PluginWarnings warnings) {
    Catalogue catalogue = Catalogue.load(path);
    catalogue.problems().forEach(problem -> warnings.warn("plug-in not usable: " + problem));
    catalogue.unregistered().forEach(warnings::warn);
    return catalogue;
  }

  @Provides
  ConfigRule pluginNames(Catalogue catalogue) {
    return new PluginNames(catalogue);
  }

  @Provides
  BackendInfo backendInfo(Catalogue catalogue) {
    return name ->
        PluginGuard.of(catalogue.backends(), name).ask(backend -> backend.create(1).description());
  }

  @Provides
  PretrainedFolder pretrainedFolder() {
    return PretrainedFolder.none();
  }

  @Provides
  Pretraining pretraining(PretrainedFolder folder) {
    return new Pretraining(folder);
  }

  @Provides
  TrialRunner trialRunner(Catalogue catalogue, Pretraining pretraining) {
    return new TrainingRunner(catalogue, pretraining);
  }

  @Provides
  DataSource dataSource() {
    return DataSource.standard();
  }

  @Provides
  @Singleton
  Cancellation cancellation() {
    return new Cancellation();
  }

  @Provides
  Clock clock() {
    return Clock.system(ZoneId.systemDefault());
  }
}
