package io.nnem.credit;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Normalisation;
import io.nnem.core.Plugin;
import io.nnem.core.RowShape;
import io.nnem.core.StateException;
import io.nnem.credit.MemoryNetworkBuilder.Choice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a network was built of, and how, as texts by name: enough to build it again. */
record NetworkDescription(Map<String, String> entries) {

  private static final String OPTION = "option.";
  private static final String FROM = ".from";

  /** What is not of the network: what others note in its file. */
  private static final List<String> NOTES = List.of("note.", "durable.");

  /** So few that they do no harm, whatever the file. */
  private static final double MOST_FLOATS_OF_ANY = 1e7;

  private static final double FLOATS_PER_BYTE = 16;

  /** Describes what a builder wants, with the plug-ins that were found for it by role. */
  static NetworkDescription of(MemoryNetworkBuilder<?> wanted, Map<String, Plugin> used) {
    Map<String, String> all = new TreeMap<>();
    all.put("embedder", name(wanted.embedder));
    all.put("observation", text(wanted.observation));
    all.put("embedding-size", Integer.toString(wanted.embeddingSize));
    all.put("hidden", list(wanted.hidden));
    all.put("optimiser", OptimiserText.of(wanted.optimiser));
    if (wanted.reader != null || wanted.readers != null) {
      all.put("reader", name(wanted.reader));
      all.put("query-observation", text(wanted.queryObservation));
    }
    all.put("capacity", Integer.toString(wanted.capacity));
    all.put("value-size", Integer.toString(wanted.valueSize));
    all.put("store", name(wanted.store));
    all.put("eviction", name(wanted.eviction));
    all.put("recall", name(wanted.recall));
    all.put("assigner", name(wanted.assigner));
    if (wanted.reinstatement != null) {
      all.put("reinstatement", name(wanted.reinstatement));
    }
    if (wanted.refresher != null) {
      all.put("refresher", name(wanted.refresher));
    }
    if (wanted.decoder != null || wanted.decoderObject != null) {
      all.put("decoder", name(wanted.decoder));
      all.put("decoder-learns", Boolean.toString(wanted.decoderLearns));
    }
    if (wanted.teaching != null) {
      all.put("teaching", MemoryNetworkBuilder.OBJECT);
    }
    if (wanted.codec != null || wanted.codecDecoder != null) {
      all.put("codec", name(wanted.codecDecoder));
      all.put("code-size", Integer.toString(wanted.codeSize));
    }
    if (all.containsKey("decoder") || all.containsKey("codec")) {
      all.put("decoder-hidden", list(wanted.decoderHidden));
      all.put("decoder-output", wanted.decoderOutput.name());
      all.put("decoder-loss", wanted.decoderLoss.name());
      all.put("decoder-optimiser", OptimiserText.of(wanted.decoderOptimiser));
    }
    LearningSettings settings = wanted.settings;
    all.put("normalisation", settings.addressing().normalisation().name());
    all.put("temperature", Double.toString(settings.addressing().temperature()));
    all.put("loss", settings.loss().name());
    all.put("warmup-steps", Integer.toString(settings.warmupSteps()));
    all.put("query-gradient", Boolean.toString(settings.queryGradient()));
    all.put(
        "reconstruction-trains-embedder",
        Boolean.toString(settings.reconstructionTrainsEmbedder()));
    all.put("freshens-on-reading", Boolean.toString(settings.freshensOnReading()));
    all.put("seed", Long.toString(wanted.seed));
    wanted.options.forEach((name, value) -> all.put(OPTION + name, value));
    used.forEach((role, plugin) -> all.put(role + FROM, origin(plugin)));
    return new NetworkDescription(all);
  }

  private static String name(Choice<?> choice) {
    return choice == null ? MemoryNetworkBuilder.OBJECT : choice.name();
  }

  private static String list(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Height, width and channels; a part that was handed over as an object has none. */
  private static String text(RowShape shape) {
    return shape == null
        ? MemoryNetworkBuilder.OBJECT
        : shape.height() + " " + shape.width() + " " + shape.channels();
  }

  private static RowShape rowShape(String text) {
    String[] sizes = text.split(" ", -1);
    if (sizes.length != 3) {
      throw new IllegalArgumentException(text);
    }
    return new RowShape(
        Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
  }

  /** The class that offers a plug-in, and the jar's name: what to look for where it is missing. */
  private static String origin(Plugin plugin) {
    var source = plugin.offeredBy().getProtectionDomain().getCodeSource();
    String place = source == null ? "" : String.valueOf(source.getLocation());
    String jar = place.endsWith(".jar") ? " in " + place.substring(place.lastIndexOf('/') + 1) : "";
    return plugin.offeredBy().getName() + jar;
  }

  /**
   * Makes a builder want what is described.
   *
   * @throws StateException if an entry is missing or has a bad value, or a part was an object
   */
  void applyTo(MemoryNetworkBuilder<?> builder) {
    builder.plugins(new Explained(builder.plugins));
    builder.embedder(
        plugin("embedder"),
        parse("observation", NetworkDescription::rowShape),
        parse("embedding-size", NetworkDescription::size));
    builder.hidden(numbers("hidden").stream().mapToInt(Integer::intValue).toArray());
    builder.optimiser(parse("optimiser", OptimiserText::parse));
    ifThere(
        "reader",
        reader ->
            builder.reader(
                plugin("reader"), parse("query-observation", NetworkDescription::rowShape)));
    builder.capacity(parse("capacity", NetworkDescription::size));
    builder.valueSize(parse("value-size", NetworkDescription::size));
    builder.store(plugin("store"));
    builder.eviction(plugin("eviction"));
    builder.recall(plugin("recall"));
    builder.assigner(plugin("assigner"));
    ifThere("reinstatement", from -> builder.reinstatement(plugin("reinstatement")));
    ifThere("refresher", refresher -> builder.refresher(plugin("refresher")));
    ifThere("decoder-hidden", hidden -> applyDecoderNetwork(builder));
    ifThere(
        "decoder",
        decoder -> {
          builder.decoder(plugin("decoder"));
          if (!parse("decoder-learns", NetworkDescription::flag)) {
            builder.fixedDecoder();
          }
        });
    ifThere("teaching", teaching -> plugin("teaching"));
    ifThere(
        "codec",
        codec -> builder.codec(plugin("codec"), parse("code-size", NetworkDescription::size)));
    builder.settings(
        new LearningSettings(
            new Addressing(
                parse("normalisation", Normalisation::valueOf),
                parse("temperature", Double::valueOf)),
            parse("loss", Loss::valueOf),
            parse("warmup-steps", Integer::valueOf),
            parse("query-gradient", NetworkDescription::flag),
            parse("reconstruction-trains-embedder", NetworkDescription::flag),
            parse("freshens-on-reading", NetworkDescription::flag)));
    builder.seed(parse("seed", Long::valueOf));
    entries.forEach(
        (name, value) -> {
          if (name.startsWith(OPTION)) {
            builder.option(name.substring(OPTION.length()), value);
          }
        });
  }

  private void applyDecoderNetwork(MemoryNetworkBuilder<?> builder) {
    builder.decoderNetwork(
        numbers("decoder-hidden"),
        parse("decoder-output", Activation::valueOf),
        parse("decoder-loss", Loss::valueOf),
        parse("decoder-optimiser", OptimiserText::parse));
  }

  /**
   * Refuses sizes that no file of so many bytes is of: they would fill memory before the first
   * entry is read. What a store or an embedder of somebody else's keeps in few bytes is allowed
   * for.
   *
   * @throws StateException if they are
   */
  void requireWithin(MemoryNetworkBuilder<?> builder, long bytes) {
    double floats =
        (double) builder.capacity * ((double) builder.embeddingSize + builder.valueSize)
            + weights(builder.observation.size(), builder.hidden, builder.embeddingSize)
            + weights(builder.observation.size(), builder.hidden, builder.codeSize)
            + weights(
                Math.max(builder.embeddingSize, builder.codeSize),
                builder.decoderHidden,
                builder.decoder == null && builder.codecDecoder == null
                    ? 0
                    : builder.observation.size());
    if (floats > Math.max(MOST_FLOATS_OF_ANY, FLOATS_PER_BYTE * bytes)) {
      throw new StateException(
          "The network's description has sizes that do not belong to a file with "
              + bytes
              + " bytes of data: capacity "
              + builder.capacity
              + ", value-size "
              + builder.valueSize
              + ", observation "
              + entries.get("observation")
              + ", hidden "
              + entries.get("hidden")
              + ", embedding-size "
              + builder.embeddingSize
              + ". It is damaged, or was not written by nnem.");
    }
  }

  private static double weights(int from, List<Integer> hidden, int to) {
    double sum = 0;
    double last = from;
    for (int units : hidden) {
      sum += last * units;
      last = units;
    }
    return sum + last * to;
  }

  private void ifThere(String name, Consumer<String> action) {
    if (entries.containsKey(name)) {
      action.accept(entries.get(name));
    }
  }

  private String plugin(String role) {
    String name = parse(role, text -> text);
    if (name.equals(MemoryNetworkBuilder.OBJECT)) {
      throw new StateException(
          "The network was built with a "
              + role
              + " that was handed over as an object, not by the name of a plug-in: build one alike"
              + " and call load of its builder.");
    }
    return name;
  }

  private List<Integer> numbers(String name) {
    return parse(
        name,
        text ->
            text.isEmpty()
                ? List.<Integer>of()
                : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList());
  }

  private <V> V parse(String name, Function<String, V> parser) {
    String text = entries.get(name);
    if (text == null) {
      throw new StateException("The network's description has no '" + name + "'.");
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new StateException(
          "The network's description has '" + text + "' as " + name + ", which is no such thing.",
          e);
    }
  }

  private static Integer size(String text) {
    int size = Integer.parseInt(text);
    if (size < 1) {
      throw new IllegalArgumentException(text);
    }
    return size;
  }

  private static Boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return Boolean.valueOf(text);
  }

  /**
   * Requires another network to have been built alike; where plug-ins come from may differ.
   *
   * @throws StateException naming the first difference
   */
  void requireLike(NetworkDescription saved) {
    TreeMap<String, String> all = new TreeMap<>(entries);
    saved.entries.forEach(all::putIfAbsent);
    for (String name : all.keySet()) {
      String mine = entries.get(name);
      String theirs = saved.entries.get(name);
      boolean matters = !name.endsWith(FROM) && NOTES.stream().noneMatch(name::startsWith);
      if (matters && !String.valueOf(mine).equals(String.valueOf(theirs))) {
        throw new StateException(
            "The saved network was built with "
                + name
                + " "
                + (theirs == null ? "not set" : "'" + theirs + "'")
                + ", but this one with "
                + (mine == null ? "it not set" : "'" + mine + "'")
                + ": build it alike.");
      }
    }
  }

  /** A plug-in that is missing is named with where it came from when the network was saved. */
  private final class Explained implements PluginSource {
    private final PluginSource source;

    Explained(PluginSource source) {
      this.source = source;
    }

    @Override
    public <P extends Plugin> P find(Class<P> kind, String name) {
      try {
        return source.find(kind, name);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            e.getMessage() + " The network was saved with " + origins(name) + ".", e);
      }
    }

    private String origins(String name) {
      return entries.entrySet().stream()
          .filter(entry -> entry.getValue().equals(name))
          .flatMap(entry -> Stream.ofNullable(entries.get(entry.getKey() + FROM)))
          .findFirst()
          .orElse("a plug-in that it does not name");
    }
  }
}
