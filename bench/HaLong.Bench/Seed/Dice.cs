namespace HaLong.Bench.Seed;

/// <summary>Numbers that look random and are always the same (SplitMix64): each dossier has dice of its own, so that any of them can be made without the others.</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0, less than the limit.</summary>
    public int Below(int limit) => (int)((UInt128)Next() * (ulong)limit >> 64);

    /// <summary>From 0, less than 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Which of these shares it falls into.</summary>
    public int Pick(ReadOnlySpan<double> upTo)
    {
        var at = Share() * upTo[^1];
        var i = 0;
        while (at >= upTo[i])
        {
            i++;
        }

        return i;
    }

    public T Of<T>(T[] values) => values[Below(values.Length)];

    /// <summary>An id that sorts by time, as the platform makes them.</summary>
    public Guid Id(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)at.ToUnixTimeMilliseconds() << 16 | (Next() & 0xFFF) | 0x7000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (Next() >> 2) | 0x8000000000000000);
        return new Guid(bytes, bigEndian: true);
    }
}
