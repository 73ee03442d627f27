using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>What the lifecycle refuses beyond a wrong state, a wrong role and one's own dossier.</summary>
internal static class LifecycleErrors
{
    public static readonly Error NotCaseOfficer = new(ErrorKind.Forbidden, "DOS-0031",
        "Chỉ cán bộ đang thụ lý, người làm thay hoặc lãnh đạo mới được thực hiện việc này.",
        "Only the case officer, a substitute or a supervisor may do this.");

    public static readonly Error AlreadyAssigned = new(ErrorKind.Conflict, "DOS-0032",
        "Hồ sơ đã có cán bộ thụ lý; muốn chuyển cho người khác, hãy bàn giao và nêu lý do.",
        "The dossier has a case officer; to give it to somebody else, hand it over with a reason.");

    public static readonly Error NotAssigned = new(ErrorKind.Conflict, "DOS-0033",
        "Hồ sơ chưa có cán bộ thụ lý.", "The dossier has no case officer.");

    public static readonly Error SecondSupplement = new(ErrorKind.Conflict, "DOS-0034",
        "Hồ sơ đã được yêu cầu bổ sung một lần ở giai đoạn này; yêu cầu lần nữa phải được lãnh đạo cho phép kèm lý do.",
        "The applicant was asked once at this stage; asking again needs a supervisor's permission with a reason.");

    public static readonly Error SupplementLate = new(ErrorKind.Conflict, "DOS-0035",
        "Đã quá {0} ngày làm việc kể từ ngày nhận hồ sơ; yêu cầu bổ sung phải được lãnh đạo cho phép kèm lý do.",
        "More than {0} working days have passed since receipt; asking for completion needs a supervisor's permission with a reason.");

    public static readonly Error SupplementIncomplete = new(ErrorKind.Validation, "DOS-0036",
        "Chưa bổ sung đủ những nội dung được yêu cầu.", "Not everything that was asked for is there.");

    public static readonly Error NotAskedFor = new(ErrorKind.Conflict, "DOS-0037",
        "Chỉ được bổ sung những nội dung đã được yêu cầu.", "Only what was asked for can be added.");

    public static readonly Error OpinionNotFound = new(ErrorKind.NotFound, "DOS-0040",
        "Không tìm thấy yêu cầu lấy ý kiến.", "There is no such request for an opinion.");

    public static readonly Error OpinionClosed = new(ErrorKind.Conflict, "DOS-0041",
        "Yêu cầu lấy ý kiến này đã được trả lời hoặc đã đóng.", "This request for an opinion is answered or closed.");

    public static readonly Error StillTime = new(ErrorKind.Conflict, "DOS-0042",
        "Chưa hết thời hạn đã cho; hãy chờ đến hạn.", "The time that was given is not over yet; wait for it.");

    public static readonly Error OriginalsHeld = new(ErrorKind.Conflict, "DOS-0043",
        "Phải trả lại {0} bản chính đã nhận trước khi kết thúc hồ sơ.", "The {0} originals that were taken must be given back before the dossier ends.");

    public static readonly Error NoOriginals = new(ErrorKind.Conflict, "DOS-0044",
        "Không còn giữ bản chính nào của hồ sơ này.", "No originals of this dossier are held.");

    public static readonly Error CorrectionPending = new(ErrorKind.Conflict, "DOS-0045",
        "Kết quả đính chính trước đó đang chờ ký số.", "An earlier correction waits for its signature.");

    public static readonly Error OfficerAbsent = new(ErrorKind.Conflict, "DOS-0046",
        "Cán bộ này đang vắng mặt; hãy giao cho người làm thay.", "This officer is away; give it to the substitute.");

    public static readonly Error AbsenceNotFound = new(ErrorKind.NotFound, "DOS-0047",
        "Không tìm thấy lịch vắng mặt.", "There is no such absence.");

    public static readonly Error AbsenceOverlaps = new(ErrorKind.Conflict, "DOS-0048",
        "Lịch vắng mặt trùng với lịch đã có, hoặc người làm thay cũng vắng.", "The absence overlaps another one, or the substitute is away too.");

    public static readonly Error NothingToPay = new(ErrorKind.Conflict, "DOS-0049",
        "Lệ phí khi nộp hồ sơ không quá hạn, nên không thể yêu cầu lại.", "The fees of the filing have not lapsed, so they cannot be demanded again.");
}
