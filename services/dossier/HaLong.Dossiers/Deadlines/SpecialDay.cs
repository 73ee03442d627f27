namespace HaLong.Dossiers.Deadlines;

/// <summary>Why a day is worked or not.</summary>
internal enum DayKind : byte
{
    /// <summary>Monday to Friday without a row of the calendar.</summary>
    Ordinary,

    /// <summary>Saturday or Sunday without a row of the calendar.</summary>
    Weekend,

    /// <summary>A statutory holiday, also when it falls on a weekend (Labour Code 45/2019, article 112).</summary>
    Holiday,

    /// <summary>A day off in lieu of a holiday on a weekly rest day (nghỉ bù; article 111.3).</summary>
    Compensation,

    /// <summary>A weekday off that is exchanged for a worked Saturday (hoán đổi).</summary>
    SwapOff,

    /// <summary>The worked Saturday of such an exchange.</summary>
    SwapWork,
}

/// <summary>A row of the calendar.</summary>
/// <param name="Date">Local day.</param>
/// <param name="Kind">One of those with rows: from <see cref="DayKind.Holiday"/> on.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Confirmed">False for a draft and for what was only reported.</param>
internal sealed record SpecialDay(DateOnly Date, DayKind Kind, string NameVi, string NameEn, string Source, bool Confirmed);
