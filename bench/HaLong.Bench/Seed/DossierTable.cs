using static HaLong.Bench.Seed.Columns;

namespace HaLong.Bench.Seed;

/// <summary>The row of a dossier. What no state of the city has is left to the table's own defaults.</summary>
internal static class DossierTable
{
    private static readonly string[] Zeros =
        ["signing_attempts", "draft_revision", "forms_issued", "originals_held", "extensions", "corrections", "supplements_at_reception"];

    public static readonly IReadOnlyList<Column<SeedDossier>> All =
    [
        Uuid<SeedDossier>("id", d => d.Id),
        Text<SeedDossier>("code", d => d.Code),
        Text<SeedDossier>("status", d => d.Status),
        Uuid<SeedDossier>("procedure_id", d => d.Procedure.Id),
        Text<SeedDossier>("procedure_code", d => d.Procedure.Code),
        Text<SeedDossier>("procedure_name_vi", d => d.Procedure.NameVi),
        Text<SeedDossier>("procedure_name_en", d => d.Procedure.NameEn),
        Text<SeedDossier>("unit_code", d => d.Unit.Code),
        Text<SeedDossier>("unit_id", d => d.Unit.Id),
        Text<SeedDossier>("unit_name_vi", d => d.Unit.NameVi),
        Text<SeedDossier>("unit_name_en", d => d.Unit.NameEn),
        Text<SeedDossier>("receiving_unit_code", d => d.Unit.Code),
        Text<SeedDossier>("receiving_unit_id", d => d.Unit.Id),
        Text<SeedDossier>("receiving_unit_name_vi", d => d.Unit.NameVi),
        Text<SeedDossier>("receiving_unit_name_en", d => d.Unit.NameEn),
        Text<SeedDossier>("subject", d => d.Subject),
        Json<SeedDossier>("data", d => d.Data),
        Uuid<SeedDossier>("owner_id", d => d.OwnerId),
        Text<SeedDossier>("owner_name", d => d.OwnerName),
        Uuid<SeedDossier>("actor_id", d => d.OwnerId),
        Uuid<SeedDossier>("submitted_by", d => d.OwnerId),
        Text<SeedDossier>("submitted_as", _ => "citizen"),
        Text<SeedDossier>("channel", d => d.Channel),
        Text<SeedDossier>("regime", d => d.Regime),
        Json<SeedDossier>("fees", d => d.Fee == 0 ? "[]" : """[{"kind":"LE_PHI","nameVi":"Lệ phí","amount":50000,"assumed":true}]"""),
        Text<SeedDossier>("payment_status", d => d.Fee == 0 ? null : d.FeePaid ? "settled" : "requested"),
        Big<SeedDossier>("paid_amount", d => d.FeePaid ? d.Fee : 0),
        At<SeedDossier>("created_at", d => d.SubmittedAt),
        At<SeedDossier>("updated_at", d => d.ChangedAt),
        At<SeedDossier>("submitted_at", d => d.SubmittedAt),
        At<SeedDossier>("accepted_at", d => d.AcceptedAt),
        At<SeedDossier>("due_at", d => d.DueAt),
        Flag<SeedDossier>("due_assumed", d => d.Procedure.LimitAssumed),
        Uuid<SeedDossier>("officer_id", d => d.OfficerId),
        Uuid<SeedDossier>("approver_id", d => d.ApproverId),
        At<SeedDossier>("approved_at", d => d.ResolvedAt),
        Text<SeedDossier>("outcome", d => d.ResolvedAt is null ? null : "APPROVED"),
        Uuid<SeedDossier>("result_document_id", d => d.ResultId),
        At<SeedDossier>("resolved_at", d => d.ResolvedAt),
        At<SeedDossier>("returned_at", d => d.ReturnedAt),
        At<SeedDossier>("closed_at", d => d.IsOver ? d.ChangedAt : null),
        Text<SeedDossier>("return_method", d => d.ReturnedAt is null ? null : "ONLINE"),
        Big<SeedDossier>("sequence", d => (long)d.Steps.Count),
        Number<SeedDossier>("steps", d => d.Steps.Count),
        Number<SeedDossier>("clock_entries", d => d.Clock.Count),
        At<SeedDossier>("waiting_since", d => d.ChangedAt),
        At<SeedDossier>("wait_until", d => d.WaitUntil),
        Number<SeedDossier>("demands", d => d.Status == "WAIT_PAYMENT" ? 1 : 0),
        Number<SeedDossier>("open_demands", d => d.Status == "WAIT_PAYMENT" ? 1 : 0),
        Number<SeedDossier>("opinions", d => d.Status == "WAIT_OPINION" ? 1 : 0),
        Number<SeedDossier>("open_opinions", d => d.Status == "WAIT_OPINION" ? 1 : 0),
        Number<SeedDossier>("supplements_at_processing", d => d.AskedTwice ? 2 : 0),
        Flag<SeedDossier>("processing_told", d => d.OfficerId is not null),
        .. Zeros.Select(name => Number<SeedDossier>(name, _ => 0)),
    ];
}
