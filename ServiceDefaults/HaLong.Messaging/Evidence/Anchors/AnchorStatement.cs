using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HaLong.Messaging;

/// <summary>What a service says about a stretch of its evidence chain. Records compare arrays by reference: use <see cref="Hash"/>.</summary>
/// <param name="Service">Whose chain.</param>
/// <param name="Partition">Month, yyyymm.</param>
/// <param name="From">First position.</param>
/// <param name="To">Last position; all between are there.</param>
/// <param name="Root">Merkle root over the hashes of the rows (RFC 6962 §2.1).</param>
/// <param name="Head">Hash of the last row.</param>
/// <param name="Previous">Hash of the anchor before; empty for the first.</param>
public sealed record AnchorStatement(string Service, int Partition, long From, long To, byte[] Root, byte[] Head, byte[] Previous)
{
    /// <summary>What is time-stamped: text that anybody can write down and hash by hand (docs/evidence.md).</summary>
    public byte[] Text => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"""
        halong.evidence-anchor.v1
        {Service}
        {Partition}
        {From}
        {To}
        {Convert.ToHexStringLower(Root)}
        {Convert.ToHexStringLower(Head)}
        {Convert.ToHexStringLower(Previous)}
        """));

    /// <summary>SHA-256 of <see cref="Text"/>: the imprint of the time-stamp.</summary>
    public byte[] Hash => SHA256.HashData(Text);

    /// <summary>True when both say the same.</summary>
    public bool Says(AnchorStatement other) => Hash.AsSpan().SequenceEqual(other.Hash);
}

/// <summary>An anchor that the witness keeps.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Token">Time-stamp over <see cref="AnchorStatement.Text"/>, RFC 3161, DER.</param>
/// <param name="StampedAt">What the time-stamp says.</param>
public sealed record WitnessedAnchor(Guid Id, AnchorStatement Statement, byte[] Token, DateTimeOffset StampedAt);

/// <summary>An anchor as the witness lists it.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Statement">What it says.</param>
/// <param name="TokenHash">SHA-256 of the time-stamp.</param>
/// <param name="Holds">True when the time-stamp is over this statement and by an authority that is trusted.</param>
public sealed record KeptAnchorEntry(Guid Id, AnchorStatement Statement, byte[] TokenHash, bool Holds);
