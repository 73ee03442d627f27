using HaLong.Notifications.Domain;
using HaLong.Notifications.Features.Events;

namespace HaLong.Notifications.Catalogue;

/// <summary>
/// Every type of public event, once, with what it means and how it looks: the source of the JSON Schemas, of the AsyncAPI document and of
/// docs/events-catalogue.md.
/// </summary>
internal static class EventCatalogue
{
    private const string First = "0.1.0";
    private const string Code = "000.00.01.H49-261123-0042";
    private const string Procedure = "1.013978";
    private const string Unit = "06658";
    private static readonly Guid Dossier = Guid.Parse("01a20931-0b1e-7a55-8a53-3f3f6d1f0c11");
    private static readonly Guid Payment = Guid.Parse("01a20931-5c02-7b11-9d40-2b9f6c0e7a21");
    private static readonly Guid Result = Guid.Parse("01a20951-8e44-7c3a-b0d2-6a1f3e5d9c31");
    private static readonly Guid Replaced = Guid.Parse("01a20940-1f7a-7d09-8c55-0e4b7a2d6f41");
    private static readonly Guid Demand = Guid.Parse("01a20944-77c3-7e5b-a1e9-4d8c2b6f0a51");
    private static readonly string Sha256 = string.Concat(Enumerable.Repeat("9f86d081", 8));
    private static readonly DateTimeOffset At = new(2026, 11, 23, 2, 15, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Due = At.AddDays(10);

    /// <summary>Id of the examples' events.</summary>
    public static readonly Guid ExampleId = Guid.Parse("01a20933-c6ef-77ec-9eca-406760351805");

    public static readonly IReadOnlyList<PublicEventType> All =
    [
        Of(EventTypes.Submitted, 1, "Hồ sơ đã được nộp và có mã số.", "Filed; has its code.",
            new SubmittedData(Dossier, Code, Procedure, Unit, "online", "LAND")),
        Of(EventTypes.FeePaid, 2, "Phí, lệ phí đã nộp đủ.", "Fees are settled.", new FeePaidData(Dossier, Code, Procedure, Unit, Payment, 150_000)),
        Of(EventTypes.Accepted, 3, "Hồ sơ được tiếp nhận; thời hạn giải quyết bắt đầu tính.", "Received; the legal clock runs.",
            new AcceptedData(Dossier, Code, Procedure, Unit, Due)),
        Of(EventTypes.DeadlineChanged, 4, "Ngày hẹn trả dời theo lịch làm việc.", "The due date moved with the calendar of working days.",
            new DeadlineChangedData(Dossier, Code, Procedure, Unit, Due, Due.AddDays(1), "calendar")),
        Of(EventTypes.ProcessingStarted, 4, "Cán bộ đã bắt đầu xử lý.", "A case officer took it up.",
            new ProcessingStartedData(Dossier, Code, Procedure, Unit)),
        Of(EventTypes.Approved, 5, "Đã duyệt, chờ ký số kết quả.", "Approved; awaits its signature.", new ApprovedData(Dossier, Code, Procedure, Unit, Result)),
        Of(EventTypes.ResultReady, 6, "Kết quả đã ký số và lưu.", "The signed result is stored.",
            new ResultReadyData(Dossier, Code, Procedure, Unit, Result, Sha256)),
        Of(EventTypes.Returned, 7, "Đã trả kết quả.", "The result was handed over.", new ReturnedData(Dossier, Code, Procedure, Unit, Result)),
        Of(EventTypes.SupplementRequested, 4, "Yêu cầu bổ sung hồ sơ.", "The applicant is asked to complete it.",
            new SupplementRequestedData(Dossier, Code, Procedure, Unit, "PROCESSING", 1, 2, At.AddDays(7))),
        Of(EventTypes.Supplemented, 5, "Hồ sơ đã được bổ sung.", "Completed.",
            new SupplementedData(Dossier, Code, Procedure, Unit, "PROCESSING", 1, Due.AddDays(2))),
        Of(EventTypes.NotAccepted, 3, "Hồ sơ bị từ chối tiếp nhận; kết thúc.", "Refused at reception: over.", new EndedData(Dossier, Code, Procedure, Unit)),
        Of(EventTypes.Refused, 5, "Hồ sơ bị từ chối sau thẩm định; văn bản từ chối chờ ký số.", "Refused after appraisal; the refusal awaits its signature.",
            new RefusedData(Dossier, Code, Procedure, Unit, Result)),
        Of(EventTypes.Stopped, 5, "Dừng xử lý; kết thúc.", "Handling stopped: over.", new EndedData(Dossier, Code, Procedure, Unit)),
        Of(EventTypes.Withdrawn, 3, "Người nộp đã rút hồ sơ; kết thúc.", "Withdrawn by the applicant: over.",
            new WithdrawnData(Dossier, Code, Procedure, Unit, "PROCESSING")),
        Of(EventTypes.FeeDue, 5, "Phát sinh nghĩa vụ tài chính; thời hạn tạm dừng.", "A fee or duty fell due on the way; the clock stands.",
            new FeeDueData(Dossier, Code, Procedure, Unit, Demand, 1, 900_000, At.AddDays(15))),
        Of(EventTypes.DeadlineExtended, 5, "Xin lỗi và hẹn lại ngày trả kết quả.", "Apology and new appointment.",
            new DeadlineExtendedData(Dossier, Code, Procedure, Unit, Due, Due.AddDays(7))),
        Of(EventTypes.Overdue, 5, "Quá hạn: hệ thống đã xin lỗi, có hẹn lại nếu luật cho phép.",
            "Late: the platform apologised, with a new appointment or, where the law allows none, without.",
            new OverdueData(Dossier, Code, Procedure, Unit, Due, Due.AddDays(7), "OVERDUE")),
        Of(EventTypes.ResultCorrected, 8, "Kết quả sai đã được thay thế.", "A wrong result was replaced.",
            new ResultCorrectedData(Dossier, Code, Procedure, Unit, Replaced, Result, Sha256)),
    ];

    public static PublicEventType? Find(string type) => All.FirstOrDefault(t => t.Type == type);

    /// <summary>The example as the event that partners get.</summary>
    public static CloudEvent Envelope(PublicEventType type, string publicUrl) => CloudEvent.Of(
        type.Example, ExampleId, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", EventSchemas.UrlOf(publicUrl, type.Type));

    private static PublicEventType Of(string type, long sequence, string vi, string en, PublicEventData data) =>
        new(First, vi, en, new PublicFact(type, sequence, At, data));
}
