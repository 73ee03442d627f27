using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Passwords;

/// <summary>Looks a password up in a sorted file of hashes, which may be tens of gigabytes: a handful of reads each, nothing leaves the machine.</summary>
internal sealed class BreachedPasswords(IOptions<PasswordOptions> options)
{
    private const int LongestLine = 128;

    public bool Contains(string password)
    {
        if (options.Value.BreachedHashes is not { Length: > 0 } path)
            return false;

#pragma warning disable CA5350 // SHA-1 is how such collections are published; nothing is protected by it here.
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var file = File.OpenHandle(path);
        // Invariant: the line is at or behind low and begins before high.
        for (long low = 0, high = RandomAccess.GetLength(file); low < high;)
        {
            var middle = low + ((high - low) / 2);
            var (start, line) = LineAt(file, middle);
            if (line is null || start >= high)
            {
                high = middle;
                continue;
            }

            var order = string.CompareOrdinal(line, 0, wanted, 0, wanted.Length);
            if (order == 0)
                return true;
            if (order < 0)
                low = start + line.Length + 1;
            else
                high = middle;
        }

        return false;
    }

    /// <summary>The first line that begins at or behind a position; null when there is none.</summary>
    private static (long Start, string? Line) LineAt(Microsoft.Win32.SafeHandles.SafeFileHandle file, long position)
    {
        Span<byte> buffer = stackalloc byte[LongestLine * 2];
        // From one byte before, so that a line that begins exactly here is not skipped.
        var from = Math.Max(0, position - 1);
        var read = buffer[..RandomAccess.Read(file, buffer, from)];
        var begin = position == 0 ? 0 : read.IndexOf((byte)'\n') + 1;
        if (begin == 0 && position > 0 || begin >= read.Length)
            return (0, null);
        var end = read[begin..].IndexOf((byte)'\n');
        return (from + begin, Encoding.ASCII.GetString(end < 0 ? read[begin..] : read.Slice(begin, end)));
    }
}
