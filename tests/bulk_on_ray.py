"""Reads and compares a file on a Ray cluster of two nodes on this machine: started, used, stopped.

python -m tests.bulk_on_ray FILE OUT

Ends with 77 where Ray cannot start a cluster on this machine.
"""

from __future__ import annotations

import os
import sys

os.environ.setdefault("RAY_worker_niceness", "0")  # else a busy machine leaves its workers nothing

import ray
from ray.cluster_utils import Cluster

from retold.bulk import comparing, reading
from retold.bulk.engine import Engine
from tests.bulk_places import dies_in_the_middle

NO_CLUSTER = 77
NODE = {"num_cpus": 2, "object_store_memory": 80_000_000}


def started() -> Cluster:
    cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    cluster.add_node(**NODE)
    cluster.wait_for_nodes(timeout=60)
    return cluster


def main(file: str, out: str) -> None:
    try:
        cluster = started()
    except Exception as error:  # whatever Ray lacks here: memory, ports, processes
        print(error)
        sys.exit(NO_CLUSTER)
    try:
        engine = Engine(jobs=2, ray=cluster.address)
        settings = reading.Settings(partitions=16)
        list(reading.read([file], out, engine=engine, settings=settings, by=dies_in_the_middle))
        list(comparing.compare(out, engine=engine))
        print(len([node for node in ray.nodes() if node["Alive"]]), "nodes")
        ray.shutdown()
    finally:
        cluster.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
