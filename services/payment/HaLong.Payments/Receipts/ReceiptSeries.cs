using HaLong.ServiceDefaults;

namespace HaLong.Payments.Receipts;

/// <summary>The numbers of one form and receipt symbol of one collector in one year: from 1, each once, none left out.</summary>
internal sealed class ReceiptSeries
{
    /// <summary>Numbers have eight digits at most (Decree 254/2026).</summary>
    public const int MaxNumber = 99_999_999;

    public Guid Id { get; init; }
    public required string TaxCode { get; init; }
    public required string Form { get; init; }
    public required string Symbol { get; init; }
    public int Year { get; init; }

    /// <summary>Name of the collector when the series began.</summary>
    public required string Collector { get; init; }

    /// <summary>Counted up by the database alone, with the receipt that gets the number.</summary>
    public int LastNumber { get; private set; }
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>The year to which a moment belongs, in Hạ Long.</summary>
    public static int YearOf(DateTimeOffset at) => LocalTime.Date(at).Year;
}

/// <summary>A number that was taken from a series in this transaction.</summary>
internal sealed record ReceiptNumber(Guid Series, int Number);
