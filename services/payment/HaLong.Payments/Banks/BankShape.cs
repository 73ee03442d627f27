using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Banks;

/// <summary>How one kind of bank tells about transfers: what it signs, and how it writes what it booked.</summary>
internal interface IBankShape
{
    /// <summary>Its word in <c>Bank:Providers:{name}:Shape</c>.</summary>
    string Name { get; }

    /// <summary>The largest body, bytes.</summary>
    int MaxBody { get; }

    /// <summary>What a request tells, when its provider signed it just now. The signature comes first: only its owner learns what else is wrong.</summary>
    Result<SignedNotices> Read(BankRequest request);
}

/// <summary>A request to the hook of a bank.</summary>
/// <param name="Provider">Who it says it is: the last part of the path.</param>
/// <param name="Settings">That provider's settings; null when there is none of this name.</param>
/// <param name="Headers">Headers.</param>
/// <param name="Body">The raw body.</param>
/// <param name="Now">Now, UTC.</param>
/// <param name="Window">How far the time of signing may be from now, either way.</param>
internal sealed record BankRequest(string Provider, BankProvider? Settings, IHeaderDictionary Headers, byte[] Body, DateTimeOffset Now, TimeSpan Window);

/// <summary>What a genuine request tells.</summary>
/// <param name="Signature">The signature as sent: the same request again has the same one.</param>
/// <param name="Notices">Transfers, each a notice of its own.</param>
internal sealed record SignedNotices(string Signature, IReadOnlyList<BankNotice> Notices);

/// <summary>The shapes there are.</summary>
internal static class BankShapes
{
    /// <summary>For providers of which nothing is said, and for those that do not exist.</summary>
    public static readonly IBankShape Usual = new NoticeShape();

    public static readonly IReadOnlyDictionary<string, IBankShape> ByName =
        new[] { Usual, new StatementShape() }.ToDictionary(s => s.Name, StringComparer.Ordinal);

    public static IBankShape Of(BankProvider? provider) => provider is null ? Usual : ByName[provider.Shape];
}
