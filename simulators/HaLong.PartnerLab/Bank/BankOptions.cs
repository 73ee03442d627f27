using System.ComponentModel.DataAnnotations;

namespace HaLong.PartnerLab.Bank;

internal sealed class BankOptions
{
    public const string Section = "Bank";

    /// <summary>Where notices of booked transfers go.</summary>
    [Required, Url]
    public string NotifyUrl { get; init; } = "";

    /// <summary>Shared with the receiver: key of the notice's signature.</summary>
    [Required, MinLength(8)]
    public string Secret { get; init; } = "";

    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 15;

    /// <summary>Wait before the second attempt; doubles up to ten seconds.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Where a second bank sends lists of transfers; empty: there is none.</summary>
    public string StatementUrl { get; init; } = "";

    /// <summary>Key of the lists' signature.</summary>
    public string StatementSecret { get; init; } = "";

    /// <summary>How long the second bank gathers transfers for one list.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(200);
}
