using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain;

/// <summary>Refusals of the witness of evidence chains.</summary>
internal static class AnchorErrors
{
    /// <summary>The anchor does not begin where the last one of its service ended.</summary>
    public static readonly Error Gap = new(
        ErrorKind.Conflict, "SIG-0701", "Mốc neo chuỗi chứng cứ không nối tiếp mốc trước của dịch vụ này.",
            "The anchor does not begin where the last one of this service ended.");

    /// <summary>The anchor was made without knowing the last one of its service, or after another one.</summary>
    public static readonly Error Contradiction = new(
        ErrorKind.Conflict, "SIG-0702", "Mốc neo chuỗi chứng cứ mâu thuẫn với mốc trước đã được lưu.",
            "The anchor contradicts the one before it that is kept here.");

    /// <summary>No time-stamp authority answers.</summary>
    public static readonly Error NoTimeStamp = new(
        ErrorKind.Unavailable, "SIG-0703", "Chưa lấy được dấu thời gian cho mốc neo. Hãy thử lại sau.",
            "No time-stamp is to be had for the anchor. Try again later.")
    { RetryAfterSeconds = 30 };

    /// <summary>A service speaks only about its own chain.</summary>
    public static readonly Error OtherService = new(
        ErrorKind.Forbidden, "SIG-0704", "Dịch vụ chỉ được neo chuỗi chứng cứ của chính mình.", "A service anchors only its own evidence chain.");

    /// <summary>A part of the anchor is missing or cannot be.</summary>
    public static readonly Error InvalidAnchor = new(
        ErrorKind.Validation, "SIG-0705", "Mốc neo chuỗi chứng cứ không hợp lệ.", "The anchor of the evidence chain is not valid.");

    /// <summary>There is no such anchor.</summary>
    public static readonly Error AnchorNotFound = new(
        ErrorKind.NotFound, "SIG-0706", "Không tìm thấy mốc neo chuỗi chứng cứ này.", "There is no such anchor.");
}
