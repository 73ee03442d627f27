using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Catalogue;

/// <summary>The refusals of the catalogue.</summary>
internal static class CatalogueErrors
{
    public static readonly Error TypeNotFound = new(
        ErrorKind.NotFound, "NOT-0300", "Không có loại sự kiện công khai này.", "There is no such public event type.");
}
