using System.Security.Cryptography;
using System.Text;

namespace HaLong.Messaging;

/// <summary>A row of the chain as it is stored.</summary>
internal readonly record struct ChainRow(
    Guid Id, DateTimeOffset OccurredAt, string Kind, string Subject, string Actor, byte[] ContentHash, int Partition, long Position, byte[] Previous, byte[] Hash);

/// <summary>The hashes of the chain, over text that anybody can write down and hash by hand (docs/evidence.md).</summary>
internal static class ChainHash
{
    /// <summary>What the very first row follows: bound to the service, so that a chain cannot pass for another's.</summary>
    public static byte[] Beginning(string service) => Of("halong.evidence.v1/" + service);

    /// <summary>Hash of a row at its place behind the row before.</summary>
    public static byte[] Of(in ChainRow row, byte[] previous) => Of(string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"""
        halong.evidence.v1
        {row.Partition}
        {row.Position}
        {row.Id}
        {Microseconds(row.OccurredAt)}
        {row.Kind}
        {row.Subject}
        {row.Actor}
        {Convert.ToHexStringLower(row.ContentHash)}
        {Convert.ToHexStringLower(previous)}
        """));

    /// <summary>The month that a row chained now goes to; never one before the last, whatever the clock does.</summary>
    public static int PartitionAt(DateTimeOffset now, int last) => Math.Max((now.UtcDateTime.Year * 100) + now.UtcDateTime.Month, last);

    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static byte[] Of(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
