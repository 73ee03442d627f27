using System.Security.Cryptography;

namespace HaLong.Messaging;

/// <summary>
/// The root of a Merkle tree over hashes that come one by one (RFC 6962 §2.1: leaves under 0x00, nodes under 0x01), in memory for one hash a level.
/// </summary>
internal sealed class MerkleRoot
{
    private readonly List<(int Height, byte[] Hash)> _peaks = [];

    /// <summary>How many leaves there are.</summary>
    public long Count { get; private set; }

    public void Add(ReadOnlySpan<byte> leaf)
    {
        Count++;
        var (height, hash) = (0, Leaf(leaf));
        // Two full trees of one height are one of the next.
        while (_peaks is [.., var (last, left)] && last == height)
        {
            _peaks.RemoveAt(_peaks.Count - 1);
            (height, hash) = (height + 1, Node(left, hash));
        }

        _peaks.Add((height, hash));
    }

    /// <summary>The root so far; of nothing, the hash of nothing.</summary>
    public byte[] Value()
    {
        if (_peaks.Count == 0)
        {
            return SHA256.HashData([]);
        }

        var root = _peaks[^1].Hash;
        for (var i = _peaks.Count - 2; i >= 0; i--)
        {
            root = Node(_peaks[i].Hash, root);
        }

        return root;
    }

    private static byte[] Leaf(ReadOnlySpan<byte> data) => SHA256.HashData([0, .. data]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
