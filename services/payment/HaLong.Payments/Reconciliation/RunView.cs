namespace HaLong.Payments.Reconciliation;

/// <summary>The report of a reconciled day. Counts and sums by side in đồng; the sums differ by the differences.</summary>
internal sealed record RunView(
    Guid Id, DateOnly Day, int Version, int Matched, int MissingAtUs, int MissingAtProvider, int MissingAtBank, int AmountDiff, int Duplicate, long Ours, long Provider, long Bank,
    IReadOnlyList<string> WithoutStatement, string InputHash, string AnswerHash, Guid? RunBy, DateTimeOffset RunAt)
{
    public static RunView Of(ReconciliationRun r) => new(
        r.Id, r.Day, r.Version, r.Matched, r.MissingAtUs, r.MissingAtProvider, r.MissingAtBank, r.AmountDiff, r.Duplicate, r.Ours, r.Provider, r.Bank, r.WithoutStatement,
        r.InputHash, r.AnswerHash, r.RunBy, r.RunAt);
}
