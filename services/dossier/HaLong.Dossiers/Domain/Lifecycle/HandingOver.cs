namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Ways in which a result reaches its owner.</summary>
internal static class ReturnMethod
{
    public const string Counter = "COUNTER";
    public const string Post = "POST";
    public const string Online = "ONLINE";

    public static readonly IReadOnlyList<string> ByOfficials = [Counter, Post];
}

/// <summary>How a result is handed over.</summary>
/// <param name="Method">One of <see cref="ReturnMethod"/>.</param>
/// <param name="ReceivedBy">Who took it over the counter.</param>
/// <param name="IdCheck">How that person's identity was checked; without numbers.</param>
/// <param name="Carrier">Which post.</param>
/// <param name="TrackingNumber">Its number for the letter.</param>
/// <param name="OriginalsReturned">The originals taken at acceptance go back with it.</param>
internal sealed record HandingOver(string Method, string? ReceivedBy, string? IdCheck, string? Carrier, string? TrackingNumber, bool OriginalsReturned);
