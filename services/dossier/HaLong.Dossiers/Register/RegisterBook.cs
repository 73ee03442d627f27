using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Register;

/// <summary>
/// A book of the register (sổ theo dõi hồ sơ) of a unit: one a year, or several when one is closed as full. Closing writes it as a PDF that the
/// head of the unit seals; nothing in it changes after that.
/// </summary>
internal sealed class RegisterBook
{
    private RegisterBook()
    {
    }

    public Guid Id { get; private set; }
    public string UnitCode { get; private set; } = "";

    /// <summary>The name of the unit when the book was opened.</summary>
    public string UnitNameVi { get; private set; } = "";

    public string UnitNameEn { get; private set; } = "";
    public int Year { get; private set; }

    /// <summary>Which book of the year, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>First number in it.</summary>
    public int First { get; private set; }

    /// <summary>Last number given; less than <see cref="First"/> as long as it is empty.</summary>
    public int Last { get; private set; }

    /// <summary>One of <see cref="BookState"/>.</summary>
    public string State { get; private set; } = BookState.Open;

    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public Guid? ClosedBy { get; private set; }
    public string? ClosedByName { get; private set; }

    /// <summary>The PDF before its seal: kept, so that every attempt seals the same bytes.</summary>
    public string? UnsignedSha256 { get; private set; }

    /// <summary>Attempts to have it sealed that failed.</summary>
    public int SealingAttempts { get; private set; }

    public string? Sha256 { get; private set; }
    public long? Size { get; private set; }
    public string? SignedBy { get; private set; }
    public DateTimeOffset? SealedAt { get; private set; }
    public uint Version { get; private set; }

    /// <summary>Unit, year and number, as 06688-2026-01.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"{UnitCode}-{Year}-{Number:00}");

    /// <summary>The first book of a year, or the one after <paramref name="before"/>.</summary>
    public static RegisterBook Open(DossierUnit unit, int year, RegisterBook? before, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UnitCode = unit.Code,
        UnitNameVi = unit.NameVi,
        UnitNameEn = unit.NameEn,
        Year = year,
        Number = (before?.Number ?? 0) + 1,
        First = (before?.Last ?? 0) + 1,
        Last = before?.Last ?? 0,
        OpenedAt = now,
    };

    /// <summary>The next number.</summary>
    public RegisterEntry Enter(RegisterArrival arrival)
    {
        if (State != BookState.Open)
            throw new InvalidOperationException($"Book {Code} is closed.");
        return new RegisterEntry { UnitCode = UnitCode, Year = Year, Number = ++Last, BookId = Id, DossierId = arrival.DossierId, AcceptedAt = arrival.AcceptedAt };
    }

    /// <summary>No more numbers; its PDF is written and sealed in the background.</summary>
    public Result Close(Guid by, string name, DateTimeOffset now)
    {
        if (State != BookState.Open)
            return RegisterErrors.AlreadyClosed.Format(Code);
        (State, ClosedAt, ClosedBy, ClosedByName) = (BookState.Sealing, now, by, name);
        return Result.Success;
    }

    public void Written(string sha256) => UnsignedSha256 = sha256;

    public void SealingFailed() => SealingAttempts++;

    public void Sealed(string sha256, long size, string? signedBy, DateTimeOffset now) =>
        (State, Sha256, Size, SignedBy, SealedAt) = (BookState.Closed, sha256, size, signedBy, now);
}

/// <summary>States of a book.</summary>
internal static class BookState
{
    public const string Open = "OPEN";

    /// <summary>Closed, but its PDF is not sealed yet.</summary>
    public const string Sealing = "SEALING";
    public const string Closed = "CLOSED";
}
