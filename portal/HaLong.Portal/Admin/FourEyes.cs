using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin;

/// <summary>What counts for the public needs two people: who wrote it does not let it in.</summary>
internal static class FourEyes
{
    /// <param name="isWaiting">Somebody has to decide.</param>
    /// <param name="isOwn">The visitor wrote it.</param>
    public static Notice? Of(bool isWaiting, bool isOwn) => !isWaiting ? null : isOwn
        ? new Notice(Bilingual("Bạn đã soạn bản này nên không thể tự duyệt: cần một quản trị viên khác.",
            "You wrote this, so you cannot approve it: another administrator has to."), "warning")
        : new Notice(Bilingual("Đang chờ người thứ hai quyết định. Bạn không phải người soạn: bạn có thể quyết định.",
            "It waits for a second person. You did not write it: you can decide."));
}
