using System.Text.Json;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>
/// What the forms of the one-stop mechanism show (Circular 01/2018/TT-VPCP and 03/2025, annexes): one record for all, each form uses its part.
/// Times are UTC; links and the place of signing are added when the paper is made.
/// </summary>
internal sealed record FormData
{
    /// <summary>Name of the agency, and the code of its unit.</summary>
    public required string Agency { get; init; }

    public required string UnitCode { get; init; }
    public required string Code { get; init; }
    public required string ProcedureCode { get; init; }
    public required string ProcedureName { get; init; }

    /// <summary>Trích yếu.</summary>
    public required string Subject { get; init; }

    public required string Owner { get; init; }

    /// <summary>As the applicant wrote them into the dossier's form; null when he did not.</summary>
    public string? Address { get; init; }

    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>online, counter, post or assisted.</summary>
    public required string Channel { get; init; }

    /// <summary>Số bộ hồ sơ.</summary>
    public int Sets { get; init; } = 1;

    public DateTimeOffset? ReceivedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The appointment rests on an assumed limit.</summary>
    public bool DueAssumed { get; init; }

    /// <summary>The limit in Vietnamese words.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>Who issued it and answers for it; contact for questions.</summary>
    public required string Officer { get; init; }

    public required string OfficerRole { get; init; }
    public IReadOnlyList<FormComponent>? Components { get; init; }
    public IReadOnlyList<FormItem>? Items { get; init; }
    public string? Reason { get; init; }

    /// <summary>The same as a stable code, where the platform itself gives the reason.</summary>
    public string? ReasonCode { get; init; }

    public string? LegalBasis { get; init; }

    /// <summary>Until when the applicant has time (form 02).</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The new appointment (form 04).</summary>
    public DateTimeOffset? NewDueAt { get; init; }

    /// <summary>The row that a control slip gets.</summary>
    public HandOverRow? HandOver { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static FormData Of(IssuedForm form) => JsonSerializer.Deserialize<FormData>(form.Data, JsonSerializerOptions.Web)!;
}

/// <summary>A document of the list on forms 01 and control slip.</summary>
internal sealed record FormComponent(int Number, string Name, int Originals, int Copies, int Electronic);

/// <summary>A thing to be supplemented (form 02).</summary>
internal sealed record FormItem(int Number, string Name, string Reason);

/// <summary>Who gave the dossier to whom.</summary>
/// <param name="From">Agency or person that gives.</param>
/// <param name="To">Agency or person that receives.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Result">EARLY, ON_TIME or LATE at the end of a stage; null in between.</param>
/// <param name="Note">Why, or what is asked.</param>
internal sealed record HandOverRow(string From, string To, DateTimeOffset At, string? Result, string? Note);
