package io.nnem.experiments.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.stats.Curve;
import io.nnem.experiments.stats.Estimate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What an interactive figure is drawn from. */
final class CurveData {
  private static final Estimate NOTHING = new Estimate(0, Double.NaN, Double.NaN, Double.NaN);

  private CurveData() {}

  /** Lines over a common axis, with their styles. */
  static ObjectNode of(List<Curve> curves) {
    TreeSet<Integer> steps = new TreeSet<>();
    curves.forEach(curve -> curve.points().forEach(point -> steps.add(point.step())));
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode axis = data.putArray("steps");
    steps.forEach(axis::add);
    Map<Condition, ConditionStyle> styles =
        ConditionStyle.of(curves.stream().map(Curve::condition).toList());
    ArrayNode all = data.putArray("curves");
    for (Curve curve : curves) {
      ObjectNode node = all.addObject();
      style(node, curve.condition(), styles.get(curve.condition()));
      Map<Integer, Estimate> points = new HashMap<>();
      curve.points().forEach(point -> points.put(point.step(), point.accuracy()));
      ArrayNode mean = node.putArray("mean");
      ArrayNode low = node.putArray("low");
      ArrayNode high = node.putArray("high");
      for (int step : steps) {
        Estimate estimate = points.getOrDefault(step, NOTHING).drawn();
        put(mean, estimate.mean());
        put(low, estimate.low95());
        put(high, estimate.high95());
      }
      ArrayNode crosses = node.putArray("crosses");
      for (Curve.Cross cross : curve.crosses()) {
        ObjectNode mark = crosses.addObject();
        mark.put("seed", cross.seed());
        mark.put("step", cross.step());
        mark.put("accuracy", cross.accuracy());
      }
    }
    return data;
  }

  private static void style(ObjectNode node, Condition condition, ConditionStyle style) {
    node.put("condition", condition.name());
    node.put("label", style.label());
    node.put("colour", style.colour());
    node.put("darkColour", style.darkColour());
    node.put("width", style.width());
    ArrayNode dashes = node.putArray("dashes");
    style.dashes().forEach(dashes::add);
  }

  private static void put(ArrayNode array, double value) {
    if (Double.isFinite(value)) {
      array.add(Math.round(value * 1e6) / 1e6);
    } else {
      array.addNull();
    }
  }
}
