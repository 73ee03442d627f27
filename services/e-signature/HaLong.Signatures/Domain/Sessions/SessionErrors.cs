using HaLong.ServiceDefaults;

namespace HaLong.Signatures.Domain.Sessions;

/// <summary>Refusals about signing sessions and batches.</summary>
internal static class SessionErrors
{
    /// <summary>A part of the session that is to be made is missing or wrong.</summary>
    public static readonly Error InvalidSession = new(
        ErrorKind.Validation, "SIG-0301", "Phiên ký thiếu thông tin hoặc không hợp lệ.", "The signing session is incomplete or not valid.");

    /// <summary>There is no such session, or it is not the caller's.</summary>
    public static readonly Error NotFound = new(
        ErrorKind.NotFound, "SIG-0302", "Không tìm thấy phiên ký này.", "There is no such signing session.");

    /// <summary>The id was used for another session before.</summary>
    public static readonly Error OtherSession = new(
        ErrorKind.KeyReused, "SIG-0303", "Mã phiên ký này đã được dùng với nội dung khác.", "This session id was used with other content before.");

    /// <summary>The session ended.</summary>
    public static readonly Error Closed = new(
        ErrorKind.Conflict, "SIG-0304", "Phiên ký đã kết thúc.", "The signing session has ended.");

    /// <summary>Others sign first.</summary>
    public static readonly Error NotYourTurn = new(
        ErrorKind.Conflict, "SIG-0305", "Chưa đến lượt bạn ký; còn người ký trước bạn.", "It is not your turn yet: others sign before you.");

    /// <summary>The bytes as they stand have not been shown to the signer.</summary>
    public static readonly Error NotShown = new(
        ErrorKind.Conflict, "SIG-0306", "Bạn chưa xem đúng nội dung hiện tại của tài liệu. Hãy mở tài liệu rồi ký.",
        "You have not been shown the document as it stands now. Open it, then sign.");

    /// <summary>The signer did not agree to the text that is in force.</summary>
    public static readonly Error ConsentMissing = new(
        ErrorKind.Validation, "SIG-0307", "Bạn cần đồng ý với nội dung cam kết hiện hành trước khi ký.",
        "You have to agree to the current consent text before signing.");

    /// <summary>A signature of the same file is being made; it takes a few minutes at most.</summary>
    public static readonly Error BeingSigned = new(
        ErrorKind.Conflict, "SIG-0308", "Tài liệu đang được ký. Hãy chờ một lát rồi thử lại.", "The document is being signed. Wait a moment and try again.")
    { RetryAfterSeconds = 10 };

    /// <summary>Somebody else's signature came between, so this one fits no more.</summary>
    public static readonly Error Superseded = new(
        ErrorKind.Conflict, "SIG-0309", "Tài liệu đã được người khác ký trong lúc chờ. Hãy xem lại và ký lại.",
        "Somebody else signed the document meanwhile. Look at it again and sign again.");

    /// <summary>The signer has signed already.</summary>
    public static readonly Error AlreadySigned = new(
        ErrorKind.Conflict, "SIG-0310", "Bạn đã ký tài liệu này.", "You have signed this document already.");

    /// <summary>There is no such provider of signatures.</summary>
    public static readonly Error UnknownProvider = new(
        ErrorKind.Validation, "SIG-0311", "Không có nhà cung cấp chữ ký này.", "There is no such provider of signatures.");

    /// <summary>The signer has no such credential at the provider.</summary>
    public static readonly Error UnknownCredential = new(
        ErrorKind.NotFound, "SIG-0312", "Bạn không có chứng thư số này tại nhà cung cấp.", "You have no such credential at the provider.");

    /// <summary>Nothing was begun.</summary>
    public static readonly Error NothingBegun = new(
        ErrorKind.Conflict, "SIG-0313", "Chưa có lần ký nào được bắt đầu.", "No signing has been begun.");

    /// <summary>The order is over: declined, lapsed or failed.</summary>
    public static readonly Error OrderEnded = new(
        ErrorKind.Conflict, "SIG-0314", "Lần ký này đã kết thúc mà không thành công. Hãy bắt đầu lại.",
        "This signing is over without success. Begin again.");

    /// <summary>A signature that was made elsewhere is no Base64.</summary>
    public static readonly Error InvalidSignatures = new(
        ErrorKind.Validation, "SIG-0315", "Chữ ký gửi lên không đúng định dạng Base64.", "A signature that was sent is not Base64.");

    /// <summary>The file was deleted some time after the session ended.</summary>
    public static readonly Error ContentDeleted = new(
        ErrorKind.NotFound, "SIG-0316", "Nội dung tài liệu đã được xóa sau thời hạn lưu.", "The document was deleted after its retention.");

    /// <summary>There is no such document in the session.</summary>
    public static readonly Error DocumentNotFound = new(
        ErrorKind.NotFound, "SIG-0317", "Không tìm thấy tài liệu này trong phiên ký.", "There is no such document in the session.");

    /// <summary>None of the documents of a batch can be signed now.</summary>
    public static readonly Error NothingToSign = new(
        ErrorKind.Conflict, "SIG-0318", "Không có tài liệu nào ký được lúc này.", "None of the documents can be signed now.");

    /// <summary>More documents than one authorisation at the provider may cover.</summary>
    public static readonly Error TooManyForProvider = new(
        ErrorKind.Conflict, "SIG-0319", "Nhà cung cấp chỉ cho phép ký {0} tài liệu trong một lần xác thực.",
        "The provider signs {0} documents with one authorisation.");

    /// <summary>The batch that is to be made is empty, too large or malformed.</summary>
    public static readonly Error InvalidBatch = new(
        ErrorKind.Validation, "SIG-0320", "Lô ký thiếu thông tin hoặc không hợp lệ.", "The batch is incomplete or not valid.");

    /// <summary>There is no such batch, or it is not the caller's.</summary>
    public static readonly Error BatchNotFound = new(
        ErrorKind.NotFound, "SIG-0321", "Không tìm thấy lô ký này.", "There is no such batch.");

    /// <summary>The file carries a signature that does not hold: signing it would vouch for it.</summary>
    public static readonly Error BrokenSignature = new(
        ErrorKind.Validation, "SIG-0323", "Tài liệu đã có chữ ký không hợp lệ nên không đưa vào phiên ký được.",
        "The document carries a signature that does not hold and cannot be signed further.");

    /// <summary>The signature that came back makes no valid document.</summary>
    public static readonly Error NotValid = new(
        ErrorKind.Conflict, "SIG-0325", "Chữ ký nhận được không hợp lệ nên không được sử dụng.",
            "The signature that came back is not valid and was not used.");

    /// <summary>Only whoever made a session takes it back.</summary>
    public static readonly Error NotCreator = new(
        ErrorKind.Forbidden, "SIG-0326", "Chỉ người tạo phiên ký được hủy.", "Only whoever made the session may cancel it.");

    /// <summary>The caller made the session but does not sign in it.</summary>
    public static readonly Error NotSigner = new(
        ErrorKind.Forbidden, "SIG-0327", "Bạn không phải là người ký của phiên này.", "You are not a signer of this session.");

    /// <summary>The reason of a refusal is missing or too long.</summary>
    public static readonly Error InvalidRefusal = new(
        ErrorKind.Validation, "SIG-0328", "Cần nêu lý do từ chối (tối đa 500 ký tự).", "A reason to refuse is needed (at most 500 characters).");

    /// <summary>The provider left a signature out.</summary>
    public static readonly Error LeftOut = new(
        ErrorKind.Conflict, "SIG-0329", "Nhà cung cấp không ký tài liệu này.", "The provider did not sign this document.");
}
