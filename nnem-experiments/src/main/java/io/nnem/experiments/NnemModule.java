package io.nnem.experiments;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.MapBinder;
import io.nnem.core.BackendProvider;
import io.nnem.core.Plugin;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.engine.Engine;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.TrialExecutor;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginGuard;
import io.nnem.experiments.plugins.PluginNames;
import io.nnem.experiments.pretrained.PretrainedFolder;
import io.nnem.experiments.run.Cancellation;
import io.nnem.experiments.run.DataSource;
import io.nnem.experiments.run.TrainingRunner;
import io.nnem.experiments.run.TrialRunner;
import java.time.Clock;
import java.time.ZoneId;

/** What experiments are run with. Nothing else is loaded before it is asked for. */
public final class NnemModule extends AbstractModule {
  private final Catalogue catalogue;
  private final PretrainedFolder pretrained;

  public NnemModule(Catalogue catalogue, PretrainedFolder pretrained) {
    this.catalogue = catalogue;
    this.pretrained = pretrained;
  }

  @Override
  protected void configure() {
    bind(Catalogue.class).toInstance(catalogue);
    bind(PretrainedFolder.class).toInstance(pretrained);
    bind(ConfigRule.class).to(PluginNames.class);
    bind(TrialRunner.class).to(TrainingRunner.class);
    bind(DataSource.class).toInstance(DataSource.standard());
    bind(Cancellation.class).toInstance(new Cancellation());
    bind(Clock.class).toInstance(Clock.system(ZoneId.systemDefault()));
    bindByName(Experiment.class);
    bindByName(TrialExecutor.class);
  }

  private <P extends Plugin> void bindByName(Class<P> kind) {
    MapBinder<String, P> plugins = MapBinder.newMapBinder(binder(), String.class, kind);
    catalogue.guarded(kind).forEach((name, plugin) -> plugins.addBinding(name).toInstance(plugin));
  }

  @Provides
  Engine.BackendInfo backendInfo(Catalogue catalogue) {
    return name ->
        PluginGuard.of(catalogue.of(BackendProvider.class), name)
            .ask(backend -> backend.create(1).description());
  }
}
