"""Makes the .h5 files of this folder with h5py (3.7, HDF5 1.10.8). Run it here only to change them; the tests need no Python."""
import h5py
import numpy as np


def ramp(shape, dtype="f4"):
    return (np.arange(np.prod(shape, dtype=int)).reshape(shape) * 0.5).astype(dtype)


with h5py.File("chunks.h5", "w") as h:
    for i, (shape, chunk) in enumerate([((10, 12), (7, 5)), ((5,), (2,)), ((3, 4, 5), (2, 3, 4)), ((9, 1, 7, 2), (4, 1, 3, 2)), ((6, 6), (6, 6))]):
        for name, options in {"gzip": dict(compression="gzip"), "shuffle": dict(compression="gzip", shuffle=True), "fletcher": dict(fletcher32=True), "plain": {}, "grows": dict(maxshape=(None,) * len(shape))}.items():
            h.create_dataset(f"{name}{i}", data=ramp(shape, ">f4" if name == "shuffle" else "f4"), chunks=chunk, **options)
    h.create_dataset("filler", data=ramp((4,)))
with h5py.File("types.h5", "w") as h:
    for dtype in ("f2", "f4", "f8", ">f2", ">f4", ">f8", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", ">i2", ">u4", ">i8"):
        h[dtype.replace(">", "big_")] = ramp((2, 3), dtype)
    h["bool"] = np.array([True, False, True])
    h["scalar"] = np.float32(3.5)
    h["empty"] = np.zeros((0, 4), "f4")
    bf16 = h.create_dataset("bf16", data=np.array([0x3F80, 0xC000], "u2"))
    bf16.attrs["dtype"] = "bfloat16"
    h.attrs["text"] = "größe"
    h.attrs["fixed"] = np.array([b"ab", b"cde"])
    h.attrs["texts"] = ["x", "yy", ""]
    h.attrs["number"] = 5
    h.attrs["reference"] = h.ref
with h5py.File("latest.h5", "w", libver="latest") as h:
    h["a/b/c"] = ramp((5,), "f8")
    h["a"].attrs["name"] = "z"
with h5py.File("bad_external_link.h5", "w") as h:
    h["x"] = h5py.ExternalLink("chunks.h5", "/filler")
with h5py.File("bad_soft_link.h5", "w") as h:
    h["x"] = ramp((2,))
    h["y"] = h5py.SoftLink("/x")
with h5py.File("bad_soft_loop.h5", "w") as h:
    h["a"] = h5py.SoftLink("/b")
    h["b"] = h5py.SoftLink("/a")
with h5py.File("bad_external_storage.h5", "w") as h:
    h.create_dataset("x", shape=(6,), dtype="f4", external=[("types.h5", 0, 24)])
with h5py.File("bad_virtual.h5", "w") as h:
    layout = h5py.VirtualLayout((4,), "f4")
    layout[:] = h5py.VirtualSource("chunks.h5", "filler", (4,))
    h.create_virtual_dataset("x", layout)
with h5py.File("bad_filter.h5", "w") as h:
    h.create_dataset("x", data=ramp((100,)), compression="lzf")
with h5py.File("bad_cycle.h5", "w") as h:
    h.create_group("g")
    h["g/self"] = h["g"]
with h5py.File("bad_root_cycle.h5", "w") as h:
    h.create_group("g")
    h["g/root"] = h["/"]
with h5py.File("bad_shape_bomb.h5", "w") as h:
    h.create_dataset("x", shape=(2**20, 2**20), dtype="f4")
with h5py.File("bad_chunk_bomb.h5", "w") as h:
    h.create_dataset("x", shape=(2**20, 2**20), dtype="f4", chunks=(1024, 1024))
with h5py.File("bad_gzip_bomb.h5", "w") as h:
    h.create_dataset("x", data=np.zeros(9 << 18, "f4"), chunks=(9 << 18,), compression="gzip", compression_opts=9)
with h5py.File("bad_texts.h5", "w") as h:
    h["x"] = np.array([[b"a", b"b"]])
with h5py.File("bad_rows.h5", "w") as h:
    h.create_dataset("x", data=[ramp((2,)), ramp((3,))], dtype=h5py.vlen_dtype("f4"))
with h5py.File("bad_compound.h5", "w") as h:
    h["x"] = np.zeros(2, [("a", "f4"), ("b", "i4")])
with h5py.File("bad_missing_chunk.h5", "w") as h:
    h.create_dataset("x", shape=(8,), dtype="f4", chunks=(4,))[:4] = 1
