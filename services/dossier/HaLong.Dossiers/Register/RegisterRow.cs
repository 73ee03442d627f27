using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Register;

/// <summary>A row of the register: the columns of form 06 of Circular 01/2018, 07 of Circular 03/2025.</summary>
/// <param name="Number">In the year.</param>
/// <param name="Book">Which book of the year.</param>
/// <param name="Sets">Số bộ hồ sơ: filed electronically, always one.</param>
/// <param name="Address">As the applicant wrote it into the dossier's form; null when he did not.</param>
/// <param name="Agency">The unit that decides.</param>
/// <param name="ResolvedAt">When the result was signed.</param>
/// <param name="ReturnMethod">How it was handed over.</param>
/// <param name="ReturnedTo">Who took it.</param>
/// <param name="Note">How it ended when not by an approval; in Vietnamese, like the paper.</param>
internal sealed record RegisterRow(
    int Number, int Book, Guid DossierId, string Code, string ProcedureCode, string ProcedureName, int Sets, string Owner, string? Address, string? Phone, string Agency,
    DateTimeOffset AcceptedAt, DateTimeOffset? DueAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ReturnedAt, string? ReturnMethod, string? ReturnedTo, string Status, string? Note)
{
    public static RegisterRow Of(RegisterLine line) => new(
        line.Number, line.Book, line.DossierId, line.Code, line.ProcedureCode, line.ProcedureName, 1, line.Owner, line.Address, line.Phone, line.Agency, line.AcceptedAt,
        line.DueAt, line.ResolvedAt, line.ReturnedAt, line.ReturnMethod, line.ReturnedTo, line.Status, NoteOf(line));

    /// <summary>Cách trả kết quả, in Vietnamese.</summary>
    public string MethodName => ReturnMethod switch
    {
        Domain.Lifecycle.ReturnMethod.Counter => "Trực tiếp",
        Domain.Lifecycle.ReturnMethod.Post => "Bưu chính",
        Domain.Lifecycle.ReturnMethod.Online => "Trực tuyến",
        _ => "",
    };

    private static string? NoteOf(RegisterLine line) => line.Status switch
    {
        DossierStatus.Withdrawn => "Người nộp rút hồ sơ",
        DossierStatus.Stopped => "Dừng giải quyết",
        _ when line.Outcome == Outcome.Refused => "Từ chối giải quyết",
        _ when line.Corrections > 0 => "Kết quả đã đính chính",
        _ => null,
    };
}

/// <summary>What is read of a dossier for its row.</summary>
internal sealed record RegisterLine(
    int Number, int Book, Guid DossierId, Guid OwnerId, string Code, string ProcedureCode, string ProcedureName, string Owner, string? Address, string? Phone, string Agency,
    DateTimeOffset AcceptedAt, DateTimeOffset? DueAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ReturnedAt, string? ReturnMethod, string? ReturnedTo, string Status,
    string? Outcome, int Corrections);
