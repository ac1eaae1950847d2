package io.nnem.experiments.audit;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Reinstatement;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.GuardedPlugins;
import io.nnem.experiments.plugins.PluginFailedException;
import io.nnem.experiments.run.Assembly;
import io.nnem.experiments.run.TrialListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the audited conditions beside the trained one: where a network asks for its assigner, it
 * gets that with its shadows. An object serves one network.
 */
final class Shadowing<T> {
  private final List<Condition> audited;
  private final ExperimentConfig config;
  private final Assembly<T> assembly;
  private final Optional<Decoder<T>> decoder;
  private final Optional<Codec<T>> codec;
  private final TrialListener listener;
  private ShadowedAssigner<T> made;

  Shadowing(
      List<Condition> audited,
      ExperimentConfig config,
      Assembly<T> assembly,
      Optional<Decoder<T>> decoder,
      Optional<Codec<T>> codec,
      TrialListener listener) {
    this.audited = audited;
    this.config = config;
    this.assembly = assembly;
    this.decoder = decoder;
    this.codec = codec;
    this.listener = listener;
  }

  /** The assigner that was made last. */
  ShadowedAssigner<T> assigner() {
    return made;
  }

  /** A provider of the trained condition's assigner with its shadows. */
  CreditAssignerProvider of(Catalogue catalogue, Condition trained) {
    CreditAssignerProvider right =
        new GuardedPlugins(catalogue).find(CreditAssignerProvider.class, trained.assigner());
    return new CreditAssignerProvider() {
      @Override
      public String name() {
        return right.name();
      }

      @Override
      public Set<String> optionNames() {
        return right.optionNames();
      }

      @Override
      @SuppressWarnings("unchecked") // it is asked once, by a network on T
      public <M> CreditAssigner<M> create(CreditContext<M> context) {
        CreditContext<T> its = (CreditContext<T>) context;
        made =
            new ShadowedAssigner<>(
                its, right.create(its), shadows(its), assembly.learningSettings());
        return (CreditAssigner<M>) made;
      }
    };
  }

  private List<Shadow<T>> shadows(CreditContext<T> context) {
    List<Shadow<T>> shadows = new ArrayList<>();
    for (Condition condition : audited) {
      Optional<Reinstatement<T>> own = Optional.empty();
      try {
        Assembly<T> its = assembly.with(config.forCondition(condition));
        own = its.reinstatement(condition, context.memory(), decoder, codec);
        shadows.add(
            new Shadow<>(
                condition,
                its.assigner(condition, context.embedder(), context.memory(), own),
                own,
                cause -> listener.failed(condition, cause)));
      } catch (PluginFailedException e) {
        own.ifPresent(Reinstatement::close);
        listener.failed(condition, e); // the others are audited nevertheless
      }
    }
    return shadows;
  }
}
