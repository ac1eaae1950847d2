"""The works of nnem-bench in PyTorch from Python, kept alive and told over standard input what to do.

A request is a line of JSON, an answer a line that begins with ok, none or failed. Matrices come and go as files of
32-bit floats in the machine's order. One task at a time. Each step is written in PyTorch's best form: F.linear,
autograd, all losses back in one call where none needs another's gradient, inference mode where nothing learns, Adam
fused where this PyTorch has it for the processor and otherwise foreach.
"""

import ctypes
import json
import math
import os
import sys
import time

import torch
import torch.nn.functional as F

CLASSES = 10
TEMPERATURE = 0.1
LOG_FLOOR = 1e-8
SMALLEST_LENGTH = 1e-8
BATCHES = 8


def load(folder, name, *shape):
    path = os.path.join(folder, name)
    return torch.from_file(path, size=math.prod(shape), dtype=torch.float32).clone().reshape(shape)


def save(folder, name, tensor):
    tensor = tensor.detach().contiguous()
    with open(os.path.join(folder, name), "wb") as file:
        file.write(ctypes.string_at(tensor.data_ptr(), tensor.numel() * 4))


def read(queries, keys, values):
    queries = F.normalize(queries, dim=1, eps=SMALLEST_LENGTH) / TEMPERATURE
    keys = F.normalize(keys, dim=1, eps=SMALLEST_LENGTH)
    return torch.softmax(queries @ keys.t(), dim=1) @ values


def cross_entropy(answers, targets):
    return -(torch.log(answers + LOG_FLOOR) * targets).sum() / targets.shape[0]


class Network:
    """Two dense layers, ReLU between them."""

    def __init__(self, folder, name, sizes, rate):
        self.parameters = []
        for layer in range(2):
            weights = load(folder, f"{name}-{2 * layer}", sizes[layer], sizes[layer + 1])
            bias = load(folder, f"{name}-{2 * layer + 1}", sizes[layer + 1])
            self.parameters += [weights.t().contiguous().requires_grad_(), bias.requires_grad_()]
        self.initial = [p.detach().clone() for p in self.parameters]
        version = tuple(int(part) for part in torch.__version__.split("+")[0].split(".")[:2])
        form = {"fused": True} if version >= (2, 4) else {"foreach": True}
        self.optimiser = torch.optim.Adam(self.parameters, lr=rate, **form)

    def hidden(self, x):
        return torch.relu(F.linear(x, self.parameters[0], self.parameters[1]))

    def output(self, hidden):
        return F.linear(hidden, self.parameters[2], self.parameters[3])

    def forward(self, x):
        return self.output(self.hidden(x))

    def update(self):
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)

    def zero(self):
        """A step without a gradient before any came: nothing moves, but Adam counts it."""
        for parameter in self.parameters:
            parameter.grad = torch.zeros_like(parameter)
        self.update()

    def updates(self):
        parts = []
        for now, then in zip(self.parameters, self.initial):
            change = now.detach() - then
            parts.append((change.t() if change.dim() == 2 else change).reshape(-1))
        return torch.cat(parts)


class Step:
    def __init__(self, request):
        folder = request["folder"]
        self.condition = request["condition"]
        self.capacity, self.batch = request["capacity"], request["batch"]
        o, h, d, s = request["observation"], request["hidden"], request["embedding"], request["synthetic"]
        self.embedder = Network(folder, "embedder", (o, h, d), request["embedder_rate"])
        self.decoder = self.synthetic = None
        if self.condition.endswith("/decoded"):
            self.decoder = Network(folder, "decoder", (d, h, o), request["other_rate"])
        if self.condition == "synthetic-gradient":
            self.synthetic = Network(folder, "synthetic", (d + CLASSES, s, d), request["other_rate"])
        with torch.no_grad():
            memories = load(folder, "memories", self.capacity, o)
            writer = Network(folder, "writer", (o, h, d), 1.0)
            hidden = writer.hidden(memories)
            self.keys = writer.output(hidden)
        self.values = load(folder, "values", self.capacity, CLASSES)
        self.observations = memories if self.condition in ("backprop", "exact-reinstatement/stored") else None
        self.activations = hidden if self.condition == "backprop" else None
        self.batches = [load(folder, f"batch-{i}", self.batch, o) for i in range(BATCHES)]
        self.targets = [load(folder, f"targets-{i}", self.batch, CLASSES) for i in range(BATCHES)]
        self.losses = []
        self.mean_square = 0.0
        self.steps = 0

    def run(self):
        x, target = self.batches[self.steps % BATCHES], self.targets[self.steps % BATCHES]
        if self.condition == "none":
            with torch.inference_mode():
                query = self.embedder.forward(x)
                self.keep(cross_entropy(read(query, self.keys, self.values), target))
                self.write(query, x, None, target)
        else:
            self.learn(x, target)
        self.steps += 1

    def learn(self, x, target):
        hidden = embedding = None
        if self.synthetic:
            embedding = self.embedder.forward(x)
            query = embedding.detach()
        else:
            with torch.no_grad():
                hidden = self.embedder.hidden(x)
                query = self.embedder.output(hidden)
        exact = self.condition.startswith("exact")
        if exact:
            observations = self.decoded() if self.decoder else self.observations
            keys = self.embedder.forward(observations)
        else:
            keys = self.keys.detach().requires_grad_()
        loss = cross_entropy(read(query, keys, self.values), target)
        self.keep(loss)
        if exact:
            (loss + self.reconstruction(query, x) if self.decoder else loss).backward()
            self.embedder.update()
        else:
            loss.backward()
            if self.decoder:
                again = self.embedder.forward(self.decoded())
                ((again * keys.grad).sum() + self.reconstruction(query, x)).backward()
                self.embedder.update()
            elif self.synthetic:
                self.predict(keys.grad, embedding, target)
            else:
                self.back_through_kept(keys.grad)
        if self.decoder:
            self.decoder.update()
        with torch.no_grad():
            self.write(query, x, hidden, target)

    def decoded(self):
        with torch.no_grad():
            return torch.sigmoid(self.decoder.forward(self.keys))

    def reconstruction(self, query, x):
        logits = self.decoder.forward(query)
        return F.binary_cross_entropy_with_logits(logits, x, reduction="sum") / self.batch

    def predict(self, gradient, embedding, target):
        before = self.mean_square
        today = gradient.square().mean().item()
        self.mean_square = today if before == 0 else 0.99 * before + 0.01 * today
        wanted = gradient / math.sqrt(self.mean_square)
        predicted = self.synthetic.forward(torch.cat((self.keys, self.values), 1))
        total = F.mse_loss(predicted, wanted, reduction="sum") * (0.5 / self.capacity)
        if before > 0:
            with torch.no_grad():
                prediction = self.synthetic.forward(torch.cat((embedding, target), 1))
            total = total + (embedding * prediction).sum() * (self.capacity / self.batch * math.sqrt(before))
        total.backward()
        if before > 0:
            self.embedder.update()
        else:
            self.embedder.zero()
        self.synthetic.update()

    def back_through_kept(self, gradient):
        """By hand: autograd refuses to go back through what was recorded before the weights changed."""
        with torch.no_grad():
            hidden_gradient = (gradient @ self.embedder.parameters[2]) * (self.activations > 0)
            gradients = (
                hidden_gradient.t() @ self.observations,
                hidden_gradient.sum(0),
                gradient.t() @ self.activations,
                gradient.sum(0),
            )
            for parameter, own in zip(self.embedder.parameters, gradients):
                parameter.grad = own
            self.embedder.update()

    def write(self, query, x, hidden, target):
        first = self.steps * self.batch % self.capacity
        rows = slice(first, first + self.batch)
        self.keys[rows] = query
        self.values[rows] = target
        if self.observations is not None:
            self.observations[rows] = x
        if self.activations is not None:
            self.activations[rows] = hidden

    def keep(self, loss):
        if len(self.losses) < BATCHES:
            self.losses.append(loss.item())

    def outcome(self):
        result = {"loss": torch.tensor(self.losses), "embedder's update": self.embedder.updates()}
        if self.decoder:
            result["decoder's update"] = self.decoder.updates()
        return result


class Read:
    def __init__(self, request):
        folder, n, b, d = (request[name] for name in ("folder", "capacity", "batch", "embedding"))
        self.queries = load(folder, "queries", b, d)
        self.keys = load(folder, "keys", n, d)
        self.values = load(folder, "values", n, CLASSES)

    def run(self):
        with torch.inference_mode():
            self.answers = read(self.queries, self.keys, self.values)

    def outcome(self):
        return {"answers": self.answers}


class Write:
    def __init__(self, request):
        folder, n, b, d = (request[name] for name in ("folder", "capacity", "batch", "embedding"))
        self.new_keys = load(folder, "queries", b, d)
        self.new_values = load(folder, "targets", b, CLASSES)
        self.keys = load(folder, "keys", n, d)
        self.values = load(folder, "values", n, CLASSES)
        self.steps, self.batch, self.capacity = 0, b, n

    def run(self):
        with torch.inference_mode():
            first = self.steps * self.batch % self.capacity
            self.keys[first:first + self.batch] = self.new_keys
            self.values[first:first + self.batch] = self.new_values
        self.steps += 1

    def outcome(self):
        return {"keys": self.keys, "values": self.values}


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)
    built = torch.__config__.show().splitlines()
    detail = ", ".join(line.strip(" -") for line in built if "MKL" in line[:20] or "capability" in line)
    print(f"ok PyTorch {torch.__version__} from Python {sys.version.split()[0]}, threads {threads}, {detail}", flush=True)
    task = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["do"] == "prepare":
                task = {"step": Step, "read": Read, "write": Write}[request["work"]](request)
                answer = "ok"
            elif request["do"] == "run":
                start = time.perf_counter_ns()
                for _ in range(request["times"]):
                    task.run()
                answer = f"ok {time.perf_counter_ns() - start}"
            elif request["do"] == "outcome":
                values = task.outcome()
                for i, value in enumerate(values.values()):
                    save(request["folder"], f"outcome-{i}", value)
                answer = "ok " + json.dumps(list(values))
            else:
                task = None
                answer = "ok"
        except Exception as e:
            answer = "failed " + " ".join(f"{type(e).__name__}: {e}".split())
        print(answer, flush=True)


main()
