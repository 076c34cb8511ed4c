namespace Aspire.Hosting.ApplicationModel;

public class ProjectResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithWaitSupport, IResourceWithServiceDiscovery;

public class ContainerResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithWaitSupport, IResourceWithEndpoints;
