using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Files;

/// <summary>Every expected refusal of uploads, checks and links; documented in docs/errors.md.</summary>
internal static class FileErrors
{
    public static readonly Error UploadNotFound = new(ErrorKind.NotFound, "DOS-0401",
        "Không tìm thấy lượt tải lên, hoặc đã hết hạn.", "There is no such upload, or it has expired.");

    public static readonly Error WrongProtocol = new(ErrorKind.PreconditionFailed, "DOS-0402",
        "Hãy gửi tiêu đề Tus-Resumable: 1.0.0.", "Send the header Tus-Resumable: 1.0.0.");

    /// <summary>Answered with 460, the status that TUS has for it.</summary>
    public static readonly Error WrongChecksum = new(ErrorKind.Validation, "DOS-0403",
        "Phần dữ liệu nhận được khác với mã kiểm tra; hãy gửi lại phần này.", "The bytes that arrived do not fit their checksum; send this piece again.");

    public static readonly Error BadChecksum = new(ErrorKind.Validation, "DOS-0404",
        "Upload-Checksum phải có dạng “sha256 …” hoặc “sha1 …”, mã hóa Base64.", "Upload-Checksum must be “sha256 …” or “sha1 …” in Base64.");

    public static readonly Error BadHeaders = new(ErrorKind.Validation, "DOS-0405",
        "Tiêu đề của lượt tải lên chưa đúng.", "The headers of the upload are not right.");

    public static readonly Error OffsetConflict = new(ErrorKind.Conflict, "DOS-0406",
        "Phần này không nối tiếp dữ liệu đã nhận; hãy hỏi lại vị trí (HEAD) rồi gửi tiếp từ đó.",
        "This piece does not follow what has arrived; ask for the offset (HEAD) and go on from there.");

    public static readonly Error WrongPieceType = new(ErrorKind.UnsupportedMedia, "DOS-0407",
        "Hãy gửi phần dữ liệu với Content-Type: application/offset+octet-stream.", "Send pieces as Content-Type: application/offset+octet-stream.");

    public static readonly Error TooManyUploads = new(ErrorKind.TooMany, "DOS-0408",
        "Bạn đang có quá nhiều lượt tải lên dở dang; hãy hoàn tất hoặc hủy bớt.", "Too many of your uploads are unfinished; finish some or cancel them.")
    { RetryAfterSeconds = 60 };

    public static readonly Error UploadUnfinished = new(ErrorKind.Conflict, "DOS-0409",
        "Lượt tải lên chưa xong nên chưa đính kèm được.", "The upload is not finished, so it cannot be attached yet.");

    public static readonly Error MoreThanAnnounced = new(ErrorKind.TooLarge, "DOS-0410",
        "Dữ liệu gửi lên dài hơn Upload-Length đã báo.", "More bytes came than Upload-Length had announced.");

    public static readonly Error TooManyPieces = new(ErrorKind.Conflict, "DOS-0411",
        "Lượt tải lên bị chia quá nhỏ; hãy bắt đầu lại với các phần lớn hơn.", "The upload was cut too small; start again with larger pieces.");

    public static readonly Error OnlyPhotosJoin = new(ErrorKind.UnsupportedMedia, "DOS-0412",
        "Chỉ ghép được nhiều ảnh PNG hoặc JPEG thành một tệp; tệp PDF hãy gửi riêng.", "Only PNG or JPEG photos can be joined into one document; send a PDF by itself.");

    public static readonly Error BadPhoto = new(ErrorKind.Validation, "DOS-0413",
        "Không đọc được ảnh thứ {0}; hãy chụp lại.", "Photo number {0} cannot be read; take it again.");

    public static readonly Error TooManyFiles = new(ErrorKind.TooLarge, "DOS-0414",
        "Mỗi lần chỉ ghép được tối đa {0} ảnh.", "At most {0} photos can be joined at once.");

    public static readonly Error Infected = new(ErrorKind.Conflict, "DOS-0415",
        "Tệp có mã độc nên không tải về được.", "The file carries malware and is not handed out.");

    public static readonly Error NotFit = new(ErrorKind.Validation, "DOS-0416",
        "Có giấy tờ chưa dùng được; hãy thay trước khi nộp.", "Some documents cannot be used as they are; replace them before filing.");

    public static readonly Error LinkNotFound = new(ErrorKind.NotFound, "DOS-0417",
        "Liên kết tải về không tồn tại hoặc đã hết hạn.", "There is no such download link, or it has expired.");

    public static readonly Error PhotosUnavailable = new(ErrorKind.Unavailable, "DOS-0418",
        "Chưa ghép được ảnh; hãy thử lại sau ít phút.", "The photos cannot be joined at the moment; try again in a few minutes.")
    { RetryAfterSeconds = 10 };
}
