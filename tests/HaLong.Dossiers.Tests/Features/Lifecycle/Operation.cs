using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary>An operation of an official with what it needs: from which state, in which role, saying what.</summary>
public sealed record Operation(string Path, string Role, string From, object? Body, string To)
{
    /// <summary>The officer who has the dossiers of these tests, so that case officers' operations are his.</summary>
    public static readonly Guid Officer = Guid.CreateVersion7();

    private static readonly object Grounds = new { legalBasis = "Điều 19 Nghị định 61/2018/NĐ-CP", reason = "Không đủ điều kiện" };
    private static readonly object List = new { items = new[] { new { component = 1, reason = "Thiếu chữ ký" } } };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("acceptance", Roles.Reception, "SUBMITTED", null, "ACCEPTED"),
        new("refusal", Roles.Reception, "SUBMITTED", Grounds, "NOT_ACCEPTED"),
        new("supplement-requests", Roles.Reception, "SUBMITTED", List, "SUPPLEMENT_RECEPTION"),
        new("supplement-permission", Roles.Chief, "SUBMITTED", new { reason = "Phát sinh tình tiết mới" }, "SUBMITTED"),
        new("forwarding", Roles.Reception, "ACCEPTED", null, "PROCESSING"),
        new("assignment", Roles.Officer, "ACCEPTED", null, "PROCESSING"),
        new("release", Roles.Officer, "PROCESSING", new { reason = "Quá tải" }, "PROCESSING"),
        new("supplement-requests", Roles.Officer, "PROCESSING", List, "SUPPLEMENT_PROCESSING"),
        new("opinions", Roles.Officer, "PROCESSING", new { unitCode = OtherUnit, question = "Có tranh chấp không?" }, "WAIT_OPINION"),
        new("fee-request", Roles.Officer, "PROCESSING", new { fees = new[] { new { kind = "duty", name = "Thuế", amount = 5 } }, reason = "Thông báo thuế" }, "WAIT_PAYMENT"),
        new("approval", Roles.Approver, "PROCESSING", new { decision = "Chấp thuận." }, "PROCESSING"),
        new("refusal", Roles.Approver, "PROCESSING", Grounds, "PROCESSING"),
        new("stop", Roles.Approver, "PROCESSING", Grounds, "STOPPED"),
        new("notes", Roles.Officer, "PROCESSING", new { text = "Đã gọi điện", visible = true }, "PROCESSING"),
    ];

    /// <summary>Whoever makes it; the case officer where that counts.</summary>
    public HttpClient By(DossierFixture dossiers, string unit = Unit) =>
        dossiers.Official(Role, unit, Role == Roles.Officer ? Officer : null);

    /// <summary>A dossier in the state from which it starts.</summary>
    public Task<Guid> MakeAsync(DossierFixture dossiers, HttpClient owner) => From switch
    {
        "SUBMITTED" => SubmittedAsync(owner, Free),
        "ACCEPTED" => dossiers.AcceptedAsync(owner, Free),
        _ => dossiers.ProcessingAsync(owner, officer: Officer),
    };

    public override string ToString() => $"{Path} from {From}";
}
