using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>
/// A state as the National Public Service Portal counts them (TrangThaiHoSo), with the states of ours that it means: the one place that maps them.
/// Which circular numbers them is not confirmed; see Data/statuses.json, against which this is tested.
/// </summary>
/// <param name="Code">1 to 10.</param>
/// <param name="Vi">The portal's words.</param>
/// <param name="En">In English.</param>
/// <param name="IsEnd">No way leads on from it.</param>
/// <param name="States">Ours, see <see cref="DossierStatus"/>; both outcomes of a resolved dossier are one state there.</param>
/// <param name="Text">The same in the portal's newer interface.</param>
internal sealed record PortalStatus(short Code, string Vi, string En, bool IsEnd, IReadOnlyList<string> States, string Text)
{
    public static readonly IReadOnlyList<PortalStatus> All =
    [
        new(1, "Mới đăng ký", "Newly filed", false, [DossierStatus.Submitted], "receiving"),
        new(2, "Được tiếp nhận", "Accepted", false, [DossierStatus.Accepted], "new"),
        new(3, "Không được tiếp nhận", "Not accepted", true, [DossierStatus.NotAccepted], "denied"),
        new(4, "Đang xử lý", "In processing", false, [DossierStatus.Processing, DossierStatus.WaitOpinion], "processing"),
        new(5, "Yêu cầu bổ sung giấy tờ", "Supplement requested", false, [DossierStatus.SupplementReception, DossierStatus.SupplementProcessing], "waiting"),
        new(6, "Yêu cầu thực hiện nghĩa vụ tài chính", "Financial duty requested", false, [DossierStatus.WaitPayment], "paying"),
        new(7, "Công dân yêu cầu rút hồ sơ", "Withdrawn by the applicant", true, [DossierStatus.Withdrawn], "cancelled"),
        new(8, "Dừng xử lý", "Stopped", true, [DossierStatus.Stopped], "unresolved"),
        new(9, "Đã xử lý xong", "Resolved", false, [DossierStatus.Resolved], "releasing"),
        new(10, "Đã trả kết quả", "Result returned", true, [DossierStatus.Returned], "done"),
    ];

    /// <summary>Text states that say nothing about the dossier's own state.</summary>
    public static readonly IReadOnlyList<string> WithoutChange = ["interoperating", "posting"];

    private static readonly Dictionary<string, PortalStatus> ByState =
        All.SelectMany(s => s.States.Select(state => (state, s))).ToDictionary(p => p.state, p => p.s, StringComparer.Ordinal);

    /// <summary>Of a state of ours; null for what is not told (drafts).</summary>
    public static PortalStatus? Of(string state) => ByState.GetValueOrDefault(state);

    /// <summary>Of a code of the portal; null for one that is not known.</summary>
    public static PortalStatus? Of(int code) => All.FirstOrDefault(s => s.Code == code);

    /// <summary>Of a text state; null for one without a change, or that is not known.</summary>
    public static PortalStatus? OfText(string text) => All.FirstOrDefault(s => s.Text == text);
}
