using System.Collections.Frozen;
using System.Globalization;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Index.Opening;

/// <summary>Why something counts or not, in words.</summary>
internal static class Reasons
{
    private static readonly FrozenDictionary<string, (string GoodVi, string GoodEn, string BadVi, string BadEn)> Words = new Dictionary<string,
        (string, string, string, string)>
    {
        ["1.1"] = ("Công bố trước ngày có hiệu lực ít nhất 5 ngày làm việc.", "Announced at least 5 working days before it took effect.",
            "Công bố muộn hơn 5 ngày làm việc trước ngày có hiệu lực.", "Announced less than 5 working days before it took effect."),
        ["1.2"] = ("Công khai trong 5 ngày làm việc kể từ quyết định.", "Published within 5 working days of the decision.",
            "Công khai sau 5 ngày làm việc kể từ quyết định.", "Published later than 5 working days after the decision."),
        ["1.3"] = ("Công khai đầy đủ nội dung.", "Published with full content.", "Chưa công khai đầy đủ nội dung trên Cổng quốc gia.",
            "Not published with full content on the National Portal."),
        ["1.4"] = ("Cổng quốc gia đã xác nhận.", "The National Portal acknowledged it.", "Cổng quốc gia chưa xác nhận.",
            "The National Portal has not acknowledged it."),
        ["3.1"] = ("Được cung cấp trực tuyến.", "Offered online.", "Chưa được cung cấp trực tuyến.", "Not offered online."),
        ["3.2"] = ("Có hồ sơ trực tuyến trong kỳ.", "Dossiers came online in the period.", "Không có hồ sơ trực tuyến trong kỳ.",
            "No dossier came online in the period."),
        ["3.3"] = ("Nộp trực tuyến.", "Filed online.", "Nộp trực tiếp hoặc qua bưu chính, hoặc kết quả chưa có bản điện tử.",
            "Not filed online, or its result is not electronic."),
        ["3.4"] = ("Thanh toán được trên Cổng quốc gia.", "Can be paid on the National Portal.", "Chưa thanh toán được trên Cổng quốc gia.",
            "Cannot be paid on the National Portal."),
        ["3.5"] = ("Có thanh toán trực tuyến trong kỳ.", "Paid online in the period.", "Không có thanh toán trực tuyến trong kỳ.",
            "Not paid online in the period."),
        ["3.6"] = ("Đã thanh toán trực tuyến.", "Paid online.", "Chưa thanh toán hoặc thanh toán tiền mặt.", "Not paid, or paid in cash."),
        ["4.1"] = ("Kết quả điện tử đã được cấp.", "The result is electronic.", "Kết quả chưa có bản điện tử.", "The result is not electronic."),
        ["4.2"] = ("Thành phần hồ sơ và kết quả đã số hóa.", "Components and result are digital.", "Thành phần hồ sơ hoặc kết quả chưa số hóa.",
            "Components or result are not digital."),
        ["4.3"] = ("Có thành phần được tái sử dụng.", "A component was reused.", "Không có thành phần được tái sử dụng.", "No component was reused."),
        ["4.4"] = ("Đã chia sẻ với kho dữ liệu điện tử.", "Shared with the personal data store.", "Chưa chia sẻ với kho dữ liệu điện tử.",
            "Not shared with the personal data store."),
        ["4.5a"] = ("Đã khai thác dữ liệu dân cư trong kỳ.", "Used population data in the period.", "Chưa khai thác dữ liệu dân cư trong kỳ.",
            "Did not use population data in the period."),
        ["4.5b"] = ("Đã khai thác dữ liệu dân cư.", "Used population data.", "Chưa khai thác dữ liệu dân cư.", "Did not use population data."),
        ["5.2"] = ("Xử lý đúng hạn hoặc còn trong hạn.", "Handled on time, or still in time.", "Xử lý quá hạn.", "Handled late."),
        ["5.3"] = ("Đã trả lời.", "Answered.", "Không hài lòng, kiến nghị lặp lại hoặc trả lời quá hạn.", "Dissatisfied, repeated, or answered late."),
        ["5.4"] = ("Tiếp nhận trong kỳ.", "Received in the period.", "", ""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string component, bool good) => Words[component] is var w && good
        ? Text.Bilingual(w.GoodVi, w.GoodEn) : Text.Bilingual(w.BadVi, w.BadEn);

    public static string Complaint(bool rating) => rating
        ? Text.Bilingual("Người nộp đánh giá 1 hoặc 2 sao.", "The applicant gave 1 or 2 stars.")
        : Text.Bilingual("Phản ánh, kiến nghị được xác định là đúng.", "A complaint was found justified.");

    /// <summary>The rules of indicator 2.1.</summary>
    public static string OfTime(bool inTime, int requests, bool open, DateOnly clockEnd, DateOnly? due)
    {
        var (end, limit) = (Day(clockEnd), due is { } d ? Day(d) : null);
        if (!inTime && requests > 1)
            return Text.Bilingual($"Yêu cầu bổ sung {requests} lần: tính là quá hạn.", $"Asked to be completed {requests} times: counts as late.");
        return (open, inTime, limit) switch
        {
            (true, true, null) => Text.Bilingual("Đang giải quyết, không có hạn.", "In progress without a date."),
            (false, true, null) => Text.Bilingual($"Kết thúc ngày {end}, không có hạn.", $"Ended on {end} without a date."),
            (true, true, _) => Text.Bilingual($"Đang giải quyết, trong hạn {limit}.", $"In progress, within its date {limit}."),
            (true, false, _) => Text.Bilingual($"Đang giải quyết, quá hạn {limit}.", $"In progress, past its date {limit}."),
            (false, true, _) => Text.Bilingual($"Kết thúc ngày {end}, hạn {limit}.", $"Ended on {end}, due on {limit}."),
            _ => Text.Bilingual($"Kết thúc ngày {end}, quá hạn {limit}.", $"Ended on {end}, after its date {limit}."),
        };
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
